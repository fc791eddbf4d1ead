#include <sys/socket.h>
#include <thread>
#include <vector>
#include <pthread.h>

void serve(int fd);
void run(int listener) {
  for (;;) {
    int fd = accept(listener, nullptr, nullptr);
    std::thread t(serve, fd);
    t.detach();
  }
}
