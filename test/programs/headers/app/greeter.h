#pragma once
#include "vendor/loop.h"

namespace app {

class greeter {
public:
  explicit greeter(vendor::loop &loop);
  void load();

private:
  void greet(int fd);
  vendor::loop &loop_;
};

} // namespace app
