#include "relay/server.h"

#include "core/names.h"
#include "core/store.h"

#include <sys/socket.h>

void Server::run() {
  dispatcher_.on_message([this](const std::string &message) {
    if (filter_.pass(message) && known(message))
      core::keep(message);
  });
  loop_.watch(3, [this] { readable(3); });
  loop_.run();
}

void Server::readable(int fd) {
  char bytes[4096];
  auto size = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
  if (size > 0)
    dispatcher_.dispatch(std::string(bytes, static_cast<std::size_t>(size)));
}
