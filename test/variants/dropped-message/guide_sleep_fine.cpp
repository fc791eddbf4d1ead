#include "messaging.h"
#include <chrono>
#include <thread>
#include <vector>

using messaging::error_code;
bool publish(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &msg : messages) {
    auto result = client.send(msg);
    while (result.error() == error_code::would_block && client.wait_writable(std::chrono::seconds(1)))
      result = client.send(msg);
    if (!result)
      return false;
  }
  return true;
}
