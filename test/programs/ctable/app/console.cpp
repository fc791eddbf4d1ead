#include "console.h"

#include "ev/ev.h"
#include "service.h"

#include <unistd.h>

namespace app {

const console::command console::table[] = {{"restart", &console::restart}, {"status", &console::status}};

static void on_input(int fd, void *user) {
  char line[64];
  if (auto size = ::read(fd, line, sizeof line); size > 0)
    static_cast<console *>(user)->input(std::string(line, static_cast<std::size_t>(size)));
}

console::console(ev_loop *loop, int fd) { ev_watch(loop, fd, on_input, this); }

void console::input(const std::string &line) {
  for (const command &c : table)
    if (line == c.name)
      (this->*c.run)();
}

void console::restart() { restart_service("relay"); }
void console::status() {}

} // namespace app
