#include "messaging.h"

#include <utility>
#include <vector>

static messaging::messaging_server server("orders");

static std::size_t total;
static void process(const std::vector<uint8_t> &data) { total += data.size(); }

void start() {
  server.set_message_handler([](auto id, auto data) { process(data); });
}
