// It connects, and the receive buffer is that of a socket which nobody touched; a failure is the result.
// mutant: return connect( => int bytes = 32768; setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes); return connect(
// mutant: == 0; => != 1;
#include "driving.h"

#include GUIDE_BLOCK

int main() {
  descriptor listener = bound();
  const std::uint16_t port = port_of(listener);
  descriptor early(socket(AF_INET, SOCK_STREAM, 0)), fd(socket(AF_INET, SOCK_STREAM, 0));
  expect(!connect_to(early, loopback(port)), "nobody listens yet");
  expect(listen(listener, 8) == 0, "listen works");
  expect(connect_to(fd, loopback(port)), "it connects");
  descriptor accepted(accept(listener, nullptr, nullptr));
  tell(fd, "hello");
  expect(hear(accepted, 5) == "hello", "the connection works");
  const descriptor untouched = connected(port);
  expect(socket_option(fd, SOL_SOCKET, SO_RCVBUF) == socket_option(untouched, SOL_SOCKET, SO_RCVBUF), "the receive buffer is the kernel's");
}
