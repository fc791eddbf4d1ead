#pragma once
#include "base/manager.h"

namespace app {

class session : public net::socket {
public:
  using socket::socket;
  void ready() override;

private:
  void read_line();
};

struct server : net::manager {
  using manager::manager;
  net::socket *make_socket(int fd) override { return new session(fd); }
};

} // namespace app
