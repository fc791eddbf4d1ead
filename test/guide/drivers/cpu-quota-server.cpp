// The default of threads follows the processors that the process may use.
// mutant: server.set_tcp_nodelay(true); => server.set_tcp_nodelay(true); server.set_thread_count(7);
// mutant: server.set_tcp_nodelay(true); => (void)server;
#include "driving.h"

#include GUIDE_BLOCK

static std::size_t threads_of_a_server(bool &no_delay) {
  const std::size_t before = threads_now();
  messaging::messaging_server server("prepared");
  prepare(server);
  expect(static_cast<bool>(server.start(0)), "the server starts");
  const std::size_t threads = threads_now() - before;
  const descriptor peer = connected(server.port());
  tell(peer, std::string{"\0\0\0\1.", 5});
  no_delay = eventually([&] {
    for (int fd = 3; fd < 100; ++fd) { // the accepted one: its peer is ours
      sockaddr_in address{};
      socklen_t size = sizeof address;
      if (fd != peer && getpeername(fd, reinterpret_cast<sockaddr *>(&address), &size) == 0 && ntohs(address.sin_port) == port_of(peer))
        return socket_option(fd, IPPROTO_TCP, 1 /* TCP_NODELAY */) == 1;
    }
    return false;
  });
  server.stop();
  server.wait();
  return threads;
}

int main() {
  bool no_delay = false;
  const std::size_t all = processors(), threads = threads_of_a_server(no_delay);
  expect(no_delay, "TCP_NODELAY is set on what it accepts");
  use_processors(1);
  const std::size_t on_one = threads_of_a_server(no_delay);
  expect(threads - on_one == all - 1, "a thread for each processor that may be used");
}
