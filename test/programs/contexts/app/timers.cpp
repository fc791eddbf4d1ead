#include "timers.h"

#include <chrono>
#include <thread>

namespace app {

static asio::steady_timer *timer;

static void on_tick(std::error_code) {
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  timer->async_wait(on_tick);
}

void start_timers(asio::io_context &io) {
  timer = new asio::steady_timer(io, std::chrono::seconds(1));
  timer->async_wait(on_tick);
}

} // namespace app
