#pragma once

namespace net {

void prepare(int fd);
int receive(int fd, void *data, unsigned long size);
void drain(int fd);

} // namespace net
