#include "messaging.h"
#include <utility>
#include <vector>

bool publish(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  messaging::send_result last;
  for (std::size_t i = 0; i != messages.size(); ++i)
    last = client.send(std::move(messages[i]));
  return last.error() == messaging::error_code::none;
}
