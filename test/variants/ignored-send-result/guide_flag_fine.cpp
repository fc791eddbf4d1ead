#include "messaging.h"
#include <utility>
#include <vector>

bool publish(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  bool all = true;
  for (std::size_t i = 0; i != messages.size(); ++i)
    all &= static_cast<bool>(client.send(std::move(messages[i])));
  return all;
}
