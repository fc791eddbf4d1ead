#include <sys/socket.h>
#include <thread>
#include <vector>
#include <pthread.h>

void serve(int fd);
void run(int listener) {
  int fd;
  while ((fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)) >= 0)
    std::jthread([fd] { serve(fd); }).detach();
}
