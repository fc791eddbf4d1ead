#include "messaging.h"

#include <utility>
#include <vector>

static messaging::messaging_server server("orders");

static unsigned checksum(const messaging::payload &bytes) {
  unsigned sum = 0;
  for (auto byte : bytes)
    sum += byte;
  return sum;
}

void start() {
  server.set_message_handler([](messaging::session_id id, messaging::payload data) {
    if (checksum(data) == 0 || !server.send(id, std::move(data)))
      server.close(id);
  });
}
