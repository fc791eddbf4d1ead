#pragma once
#include "queue.h"

#include <asio.hpp>

namespace app {

void start_timers(asio::io_context &io);
void start_jobs(queue &background);

} // namespace app
