#include "greeter.h"

#include "names.h"

namespace app {

greeter::greeter(vendor::loop &loop) : loop_(loop) {
  loop.on_readable(0, [this](int fd) { greet(fd); });
}

void greeter::greet(int fd) { remember(host_of(fd)); }

// What visits the clients runs at once, and at start-up nobody waits.
void greeter::load() {
  loop_.for_each_client([](int fd) { forget(host_of(fd)); });
}

} // namespace app
