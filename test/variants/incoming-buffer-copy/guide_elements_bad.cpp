#include "messaging.h"

#include <utility>
#include <vector>

static messaging::messaging_server server("orders");

static messaging::buffer_pool buffer_pool(16);

static void process(std::vector<uint8_t> &&data) {
  auto buffer = buffer_pool.acquire(data.size());
  std::move(data.begin(), data.end(), buffer->begin());
  // ...
}

void start() {
  server.set_message_handler([](auto id, auto data) { process(std::move(data)); });
}
