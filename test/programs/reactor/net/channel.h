// One descriptor and what to do when it is ready.
#pragma once
#include <functional>

namespace net {

class channel {
public:
  using callback = std::function<void()>;
  explicit channel(int fd) : fd_(fd) {}
  int fd() const { return fd_; }
  void set_read_callback(callback cb) { read_callback_ = std::move(cb); }
  void set_ready(unsigned events) { ready_ = events; }
  void handle_event();

private:
  int fd_;
  unsigned ready_ = 0;
  callback read_callback_;
};

} // namespace net
