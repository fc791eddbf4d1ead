#include "messaging.h"

#include <utility>
#include <vector>

static messaging::messaging_server server("orders");

static messaging::thread_pool thread_pool(8, 1000);
static messaging::database database;

void start() {
  server.set_message_handler([](auto id, auto data) {
    auto queued = thread_pool.enqueue([id, data = std::move(data)]() {
      auto result = database.query(data);
      if (!server.send(id, std::move(result).bytes()))
        server.close(id);
    });
    if (!queued)
      server.close(id);
  });
}
