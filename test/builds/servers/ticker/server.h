#pragma once
#include "core/loop.h"

class Server {
public:
  void run();

private:
  void tick();
  core::Loop loop_;
};
