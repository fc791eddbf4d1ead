#include "messaging.h"

#include <utility>
#include <vector>

static messaging::messaging_server server("orders");

static void process(std::vector<uint8_t> &&data) {
  static std::vector<uint8_t> last;
  last = std::move(data);
}

void start() {
  server.set_message_handler([](auto id, auto data) { process(std::move(data)); });
}
