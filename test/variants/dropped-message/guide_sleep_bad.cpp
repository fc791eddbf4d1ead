#include "messaging.h"
#include <chrono>
#include <thread>
#include <vector>

using messaging::error_code;
void publish(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &msg : messages) {
    auto result = client.send(msg);
    if (!result) {
      if (result.error() == error_code::would_block) {
        // Wait and retry
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        continue;
      }
    }
  }
}
