#include <sys/socket.h>
#include <thread>
#include <vector>
#include <pthread.h>

void serve(int fd);
static void *session(void *p) {
  while (1)
    serve(accept(*static_cast<int *>(p), nullptr, nullptr));
}
void run(int *listener) {
  pthread_t id[4];
  for (int i = 0; i < 4; i++)
    pthread_create(&id[i], nullptr, session, listener);
  pthread_join(id[0], nullptr);
}
