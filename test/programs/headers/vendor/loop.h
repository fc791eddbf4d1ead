// A reactor of which only the header is at hand.
#pragma once
#include <functional>

namespace vendor {

class loop {
public:
  void on_readable(int fd, std::function<void(int)> callback);
  void for_each_client(const std::function<void(int)> &visit);
  void run();
};

} // namespace vendor
