#pragma once
#include <functional>
#include <string>

namespace core {

/// Each program says what is to be done with a message.
class Dispatcher {
public:
  void on_message(std::function<void(const std::string &)> handler);
  void dispatch(const std::string &message);

private:
  std::function<void(const std::string &)> handler_;
};

} // namespace core
