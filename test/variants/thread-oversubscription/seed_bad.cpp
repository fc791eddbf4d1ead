#include "messaging.h"

void configure(messaging::messaging_server &server) { server.set_thread_count(64); }
