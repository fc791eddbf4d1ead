#pragma once
#include "poller.h"

#include <memory>

namespace net {

class event_loop {
public:
  explicit event_loop(std::unique_ptr<poller> p) : poller_(std::move(p)) {}
  void run();
  void stop() { running_ = false; }
  void watch(channel &c) { poller_->watch(c); }

private:
  std::unique_ptr<poller> poller_;
  bool running_ = true;
};

} // namespace net
