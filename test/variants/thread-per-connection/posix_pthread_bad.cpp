#include <sys/socket.h>
#include <thread>
#include <vector>
#include <pthread.h>

void serve(int fd);
static void *session(void *);
static void *session(void *p) {
  serve(*static_cast<int *>(p));
  return nullptr;
}
void run(int listener) {
  while (1) {
    int *fd = new int(accept(listener, nullptr, nullptr));
    pthread_t id;
    pthread_create(&id, nullptr, session, fd);
  }
}
