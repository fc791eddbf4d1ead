#pragma once
#include <string>

namespace app {

std::string host_of(int fd);
void remember(const std::string &host);
void forget(const std::string &host);

} // namespace app
