#include "messaging.h"
#include <vector>

void publish(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &msg : messages) {
    client.send(msg); // May fail silently
  }
}
