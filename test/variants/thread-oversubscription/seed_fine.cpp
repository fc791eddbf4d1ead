#include "messaging.h"
#include <algorithm>
#include <thread>
#include <vector>

void configure(messaging::messaging_server &server) { server.set_thread_count(std::max(1u, std::thread::hardware_concurrency())); }
