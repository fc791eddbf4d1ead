#include "messaging.h"

void work(const messaging::payload &data);
void run(messaging::messaging_server &server, messaging::thread_pool &pool) {
  server.set_message_handler([&](auto id, auto data) {
    if (!pool.enqueue([data = std::move(data)] { work(data); }))
      server.close(id);
  });
}
