// An event loop with a thread of its own, for drivers of blocks that use Asio.
#ifndef NETTUNE_TEST_GUIDE_DRIVING_ASIO_H
#define NETTUNE_TEST_GUIDE_DRIVING_ASIO_H

#include "driving.h"

#include <asio.hpp>

#include <future>
#include <vector>

namespace driving {

class event_loop {
public:
  explicit event_loop(int threads = 1) : work_(asio::make_work_guard(io)) {
    for (int i = 0; i < threads; ++i)
      threads_.emplace_back([this] { io.run(); });
  }
  /// Drops what still waits.
  ~event_loop() {
    io.stop();
    for (std::thread &thread : threads_)
      thread.join();
  }

  asio::ip::tcp::socket adopt(descriptor &fd) { return {io, asio::ip::tcp::v4(), fd.release()}; }

  /// Whether the loop runs something else within so much time.
  bool is_free(std::chrono::milliseconds time = std::chrono::seconds(2)) {
    auto done = std::make_shared<std::promise<void>>();
    asio::post(io, [done] { done->set_value(); });
    return done->get_future().wait_for(time) == std::future_status::ready;
  }
  /// Runs it on the loop, and waits until it has run.
  void run(const std::function<void()> &work) {
    std::promise<void> done;
    asio::post(io, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }

  asio::io_context io;

private:
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
};

} // namespace driving

#endif // NETTUNE_TEST_GUIDE_DRIVING_ASIO_H
