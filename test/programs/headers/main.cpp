#include "app/greeter.h"

int main() {
  vendor::loop loop;
  app::greeter greeter(loop);
  greeter.load();
  loop.run();
}
