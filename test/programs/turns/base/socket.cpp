#include "base/manager.h"

namespace net {

bool readable(int fd, int timeout) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, timeout) > 0;
}

} // namespace net
