#include "raw.h"

#include <fcntl.h>

namespace net {

void prepare(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }

} // namespace net
