#include "ticker/server.h"

int main() {
  Server server;
  server.run();
}
