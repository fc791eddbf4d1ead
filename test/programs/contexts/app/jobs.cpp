#include "timers.h"

#include <chrono>
#include <thread>

namespace app {

// Has the name of the function in the other file, and runs in the background.
static void on_tick(std::error_code) { std::this_thread::sleep_for(std::chrono::seconds(5)); }

void start_jobs(queue &background) {
  background.add([] { on_tick({}); });
}

} // namespace app
