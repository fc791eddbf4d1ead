// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Loops around and inside the event loop, and loops that wait for one connection.

#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <netdb.h>
#include <string>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

// Connects anew when the connection is lost: that is no part of the loop.
class uplink {
public:
  std::function<void(const std::string &)> on_line;
  void run() {
    while (!stop_) {
      if (!dial()) {
        ::sleep(5);
        continue;
      }
      epoll_event events[8];
      while (up_) {
        int n = ::epoll_wait(epoll_, events, 8, 1000);
        for (int i = 0; i < n; ++i)
          input(events[i].data.fd);
      }
      ::sleep(1);
    }
  }

private:
  bool dial() {
    addrinfo *found;
    return ::getaddrinfo("hub", "7", nullptr, &found) == 0;
  }
  void input(int fd) {
    on_line(std::to_string(fd));
    ::usleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'uplink::run'; {{.*}} [nettune-blocking-call-in-handler]
  }
  bool stop_ = false, up_ = false;
  int epoll_;
  std::thread thread_{&uplink::run, this};
};

// The inner loop only tries again: the outer one is the event loop.
void retrying(int epoll, std::function<void(int)> ready) {
  for (;;) {
    epoll_event events[8];
    int n;
    do {
      n = ::epoll_wait(epoll, events, 8, -1);
    } while (n < 0 && errno == EINTR);
    for (int i = 0; i < n; ++i)
      ready(events[i].data.fd);
    ::usleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'retrying'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
// One event at a time.
void one_by_one(int epoll, std::function<void(int)> ready) {
  for (;;) {
    epoll_event event;
    while (::epoll_wait(epoll, &event, 1, 10) == 1)
      ready(event.data.fd);
    ::usleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'one_by_one'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
// Takes what is there, then does what is due: that is left alone with the rest.
void fn_drained(int epoll, std::function<void(int)> ready) {
  for (;;) {
    epoll_event events[8];
    int n;
    do {
      n = ::epoll_wait(epoll, events, 8, 10);
      for (int i = 0; i < n; ++i)
        ready(events[i].data.fd);
    } while (n == 8);
    ::usleep(1);
  }
}

// A thread a connection, with select for its timeout: one descriptor.
class peer {
public:
  std::function<void(const std::string &)> on_message;
  explicit peer(int fd) : fd_(fd) {}
  void serve() {
    while (running_) {
      fd_set readable;
      FD_ZERO(&readable);
      FD_SET(fd_, &readable);
      timeval timeout{5, 0};
      if (::select(fd_ + 1, &readable, nullptr, nullptr, &timeout) == 0)
        continue;
      char data[256];
      ssize_t n = ::recv(fd_, data, sizeof data, 0);
      if (n <= 0)
        break;
      on_message(std::string(data, n));
      ::usleep(1000);
    }
  }

private:
  int fd_;
  bool running_ = true;
};
// The same by a function that only waits.
static bool wait_readable(int fd) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(fd, &set);
  timeval timeout{1, 0};
  return ::select(fd + 1, &set, nullptr, nullptr, &timeout) > 0;
}
void reader(int fd, std::function<void(char)> byte) {
  while (true) {
    if (!wait_readable(fd))
      continue;
    char c;
    if (::read(fd, &c, 1) != 1)
      return;
    byte(c);
    ::usleep(5);
  }
}
void accept_all(int listener) {
  for (;;) {
    int fd = ::accept(listener, nullptr, nullptr);
    std::thread([fd] {
      peer p(fd);
      p.on_message = [](const std::string &) { ::sleep(1); };
      p.serve();
    }).detach();
  }
}

// Many descriptors: put in one after the other, by two calls, copied, put in elsewhere.
void in_a_loop(const std::vector<int> &fds, std::function<void(int)> ready) {
  for (;;) {
    fd_set set;
    FD_ZERO(&set);
    for (int fd : fds)
      FD_SET(fd, &set);
    ::select(64, &set, nullptr, nullptr, nullptr);
    for (int fd : fds)
      if (FD_ISSET(fd, &set))
        ready(fd);
    ::usleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'in_a_loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
void two(int first, int second, std::function<void(int)> ready) {
  for (;;) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(first, &set);
    FD_SET(second, &set);
    ::select(64, &set, nullptr, nullptr, nullptr);
    ready(FD_ISSET(first, &set) ? first : second);
    ::usleep(2);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'two'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
void copied(const fd_set &all, int wakeup, std::function<void(int)> ready) {
  fd_set set;
  for (;;) {
    set = all;
    FD_SET(wakeup, &set);
    ::select(64, &set, nullptr, nullptr, nullptr);
    ready(FD_ISSET(wakeup, &set));
    ::usleep(3);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'copied'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
void fill(fd_set *set);
void filled(int wakeup, std::function<void(int)> ready) {
  for (;;) {
    fd_set set;
    fill(&set);
    FD_SET(wakeup, &set);
    ::select(64, &set, nullptr, nullptr, nullptr);
    ready(FD_ISSET(wakeup, &set));
    ::usleep(4);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'filled'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
