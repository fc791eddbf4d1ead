#include "app/session.h"

#include <fcntl.h>
#include <unistd.h>

static bool changed;

static void save(const char *text) {
  int file = ::open("state", O_WRONLY | O_CREAT, 0600);
  ::write(file, text, 1);
  ::fsync(file);
  ::close(file);
}

int main() {
  app::server server(3);
  save("begin");
  for (;;) {
    if (changed)
      save("state");
    server.turn(1000);
  }
}
