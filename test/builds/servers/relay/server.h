#pragma once
#include "core/dispatcher.h"
#include "core/filter.h"
#include "core/loop.h"

class Server {
public:
  explicit Server(core::Filter &filter) : filter_(filter) {}
  void run();

private:
  void readable(int fd);

  core::Loop loop_;
  core::Dispatcher dispatcher_;
  core::Filter &filter_;
};
