#include "app/console.h"
#include "ev/ev.h"

int main() {
  ev_loop *loop = ev_new();
  app::console console(loop, 0);
  ev_run(loop);
}
