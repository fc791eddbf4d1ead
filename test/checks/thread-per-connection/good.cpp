// RUN: %nettune_check %s nettune-thread-per-connection -- -I%source_root/tools/bench/messaging

#include "messaging.h"
#include <asio.hpp>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;
void serve(int fd);
void session(tcp::socket socket);

// A bounded pool serves the connections.
void pool(int listener) {
  asio::thread_pool workers(16);
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    asio::post(workers, [fd] { serve(fd); });
  }
}

// Threads are made once, before the loop.
void started_before(int listener, asio::io_context &io) {
  std::thread loop([&io] { io.run(); });
  std::vector<std::thread> more;
  for (int i = 0; i < 4; ++i)
    more.emplace_back([&io] { io.run(); });
  while (true)
    serve(accept(listener, nullptr, nullptr));
}

// The handler hands the message to a pool.
void handler() {
  messaging::thread_pool workers(8, 1000);
  messaging::messaging_server server("pool");
  server.set_message_handler([&](auto id, auto data) {
    auto queued = workers.enqueue([data = std::move(data)] {});
    if (!queued)
      server.close(id);
  });
}
