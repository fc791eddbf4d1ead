#include "messaging.h"

constexpr auto io_thread_count = 8;
void configure(messaging::messaging_server &server) { server.set_thread_count(io_thread_count); }
