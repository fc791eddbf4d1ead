#include "messaging.h"
#include <vector>

std::size_t publish(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  std::size_t sent = 0;
  for (auto &msg : messages) {
    if (!client.send(msg))
      break;
    ++sent;
  }
  return sent;
}
