#include "ticker/server.h"

#include "core/names.h"

void Server::run() {
  loop_.watch(0, [this] { tick(); });
  loop_.run();
}

void Server::tick() { known("ticker"); }
