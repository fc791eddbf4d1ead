#pragma once
#include <vector>

namespace net {
class channel;

class poller {
public:
  virtual ~poller() = default;
  virtual void poll(int timeout, std::vector<channel *> &active) = 0;
  virtual void watch(channel &c) = 0;
};

class epoll_poller : public poller {
public:
  epoll_poller();
  void poll(int timeout, std::vector<channel *> &active) override;
  void watch(channel &c) override;

private:
  int epoll_;
};

} // namespace net
