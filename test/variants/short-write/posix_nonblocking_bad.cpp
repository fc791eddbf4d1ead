#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

enum class state { open, full, broken };
state push(int client_fd, const std::string &frame) {
  ssize_t written = write(client_fd, frame.data(), frame.size());
  if (written < 0)
    return errno == EAGAIN ? state::full : state::broken;
  return state::open;
}
