#include "session.h"

#include "forwarder.h"

#include <functional>
#include <sys/socket.h>

namespace app {

session::session(net::event_loop &loop, int fd) : channel_(fd) {
  channel_.set_read_callback(std::bind(&session::on_readable, this));
  loop.watch(channel_);
}

void session::on_readable() {
  char data[512];
  auto size = ::recv(channel_.fd(), data, sizeof data, MSG_DONTWAIT);
  if (size > 0)
    on_line(std::string(data, static_cast<std::size_t>(size)));
}

void session::on_line(const std::string &line) { forward(line, line.substr(0, line.find(' '))); }

} // namespace app
