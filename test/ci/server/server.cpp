// Echoes what each peer sends, in one loop.
#include "journal.h"

#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void answer(int peer) {
  char bytes[4096];
  const ssize_t size = recv(peer, bytes, sizeof bytes, MSG_DONTWAIT);
  if (size <= 0) {
    close(peer);
    return;
  }
  note(bytes, size);
  if (send(peer, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL) != size)
    close(peer);
}

int main() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_port = htons(7000);
  if (bind(listener, reinterpret_cast<sockaddr *>(&here), sizeof here) || listen(listener, 128))
    return 1;
  const int events = epoll_create1(0);
  epoll_event wanted{EPOLLIN, {.fd = listener}};
  epoll_ctl(events, EPOLL_CTL_ADD, listener, &wanted);
  for (;;) {
    epoll_event ready[64];
    const int count = epoll_wait(events, ready, 64, -1);
    for (int i = 0; i < count; ++i) {
      if (ready[i].data.fd != listener) {
        answer(ready[i].data.fd);
        continue;
      }
      const int peer = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
      epoll_event readable{EPOLLIN, {.fd = peer}};
      epoll_ctl(events, EPOLL_CTL_ADD, peer, &readable);
    }
  }
}
