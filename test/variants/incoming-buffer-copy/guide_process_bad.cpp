#include "messaging.h"

#include <utility>
#include <vector>

static messaging::messaging_server server("orders");

static void process(const std::vector<uint8_t> &data) {
  std::vector<uint8_t> copy = data;
  // ...
}

void start() {
  server.set_message_handler([](auto id, auto data) { process(data); });
}
