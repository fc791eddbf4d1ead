// A server that collects messages, for drivers of blocks that send some by the reference client.
#ifndef NETTUNE_TEST_GUIDE_DRIVING_SERVER_H
#define NETTUNE_TEST_GUIDE_DRIVING_SERVER_H

#include "driving.h"
#include "messaging.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace driving {

/// Collects what comes, while it is let through.
class collector {
public:
  collector() : server_("collector") {
    server_.set_message_handler([this](messaging::session_id, messaging::payload data) {
      while (hold)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      std::lock_guard lock(mutex_);
      received_.push_back(std::move(data));
    });
    server_.set_thread_count(1);
    expect(static_cast<bool>(server_.start(0)), "the server starts");
  }
  std::size_t count() {
    std::lock_guard lock(mutex_);
    return received_.size();
  }
  std::vector<messaging::payload> received() {
    std::lock_guard lock(mutex_);
    return received_;
  }
  std::uint16_t port() const { return server_.port(); }
  void stop() {
    server_.stop();
    server_.wait();
  }

  std::atomic<bool> hold = false;

private:
  std::mutex mutex_;
  std::vector<messaging::payload> received_;
  messaging::messaging_server server_; // the last: its handlers use the others
};

inline messaging::payload numbered(std::size_t number, std::size_t bytes) {
  messaging::payload message(bytes);
  for (std::size_t i = 0; i < sizeof number; ++i)
    message[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return message;
}

} // namespace driving

#endif // NETTUNE_TEST_GUIDE_DRIVING_SERVER_H
