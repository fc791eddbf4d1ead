#pragma once
#include <string>

struct ev_loop;

namespace app {

class console {
public:
  console(ev_loop *loop, int fd);
  void input(const std::string &line);

private:
  struct command {
    const char *name;
    void (console::*run)();
  };
  static const command table[];
  void restart();
  void status();
};

} // namespace app
