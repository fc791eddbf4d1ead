#include "service.h"

#include <cstdlib>
#include <fcntl.h>
#include <string>

namespace app {

void prepare_input(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }

void restart_service(const char *name) {
  std::system((std::string("systemctl restart ") + name).c_str());
}

} // namespace app
