#pragma once
#include <functional>
#include <map>

namespace core {

/// A small reactor.
class Loop {
public:
  Loop();
  void watch(int fd, std::function<void()> ready);
  void run();

private:
  int epoll_;
  std::map<int, std::function<void()>> ready_;
};

} // namespace core
