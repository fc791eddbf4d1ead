#pragma once
#include "net/channel.h"
#include "net/event_loop.h"

#include <string>

namespace app {

class session {
public:
  session(net::event_loop &loop, int fd);

private:
  void on_readable();
  void on_line(const std::string &line);

  net::channel channel_;
};

} // namespace app
