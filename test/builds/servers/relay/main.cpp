#include "relay/server.h"

#include <dlfcn.h>

int main() {
  void *plugin = dlopen("libaudit.so", RTLD_NOW);
  auto make = reinterpret_cast<core::Filter *(*)()>(dlsym(plugin, "make_filter"));
  Server server(*make());
  server.run();
}
