#include <pthread.h>
#include <sys/epoll.h>

static void serve_loop(int poller) {
  epoll_event event;
  while (true)
    epoll_wait(poller, &event, 1, -1);
}
static void *run(void *argument) {
  serve_loop(*static_cast<int *>(argument));
  return nullptr;
}
void start(int *poller) {
  pthread_t threads[4];
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], nullptr, run, poller);
  for (int i = 0; i < 4; i++)
    pthread_join(threads[i], nullptr);
}
