// Each prefix of this file is typed in the test: it needs no library.
#include <netdb.h>
#include <poll.h>

#include <functional>

class loop {
public:
  void watch(std::function<void(int)> on_ready) {
    on_ready_ = std::move(on_ready);
  }

  void run() {
    pollfd watched[] = {{0, POLLIN, 0}, {1, POLLOUT, 0}};
    while (::poll(watched, 2, -1) >= 0)
      for (pollfd &one : watched)
        if (one.revents & POLLIN)
          on_ready_(one.fd);
  }

private:
  std::function<void(int)> on_ready_;
};

template <typename T> T *look_up(const char *host) {
  T *found = nullptr;
  ::getaddrinfo(host, "80", nullptr, &found);
  return found;
}

int main() {
  loop events;
  events.watch([&](int) { look_up<addrinfo>("example.org"); });
  events.run();
}
