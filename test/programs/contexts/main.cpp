#include "app/queue.h"
#include "app/session.h"
#include "app/store.h"
#include "app/timers.h"

#include <thread>

// Start-up before run(), a thread of its own, and what comes after run().
int main() {
  app::store store;
  store.refresh();
  app::queue background;
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor(io, {asio::ip::tcp::v4(), 7000});
  acceptor.async_accept([&](std::error_code ec, asio::ip::tcp::socket socket) {
    if (!ec)
      std::make_shared<app::session>(std::move(socket), store, background)->start();
  });
  std::thread watcher([&store] {
    for (;;) {
      store.refresh();
      std::this_thread::sleep_for(std::chrono::minutes(1));
    }
  });
  app::start_timers(io);
  app::start_jobs(background);
  io.run();
  watcher.join();
  store.save();
}
