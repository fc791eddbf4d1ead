#include <sys/socket.h>
#include <thread>
#include <vector>
#include <pthread.h>

void serve(int fd);
void run(int listener) {
  for (;;)
    serve(accept(listener, nullptr, nullptr));
}
