#include <string>
#include <sys/socket.h>

bool Notify(int peer, const std::string &line) {
  bool ok = send(peer, line.data(), line.size(), MSG_DONTWAIT) == static_cast<ssize_t>(line.size());
  return ok;
}
