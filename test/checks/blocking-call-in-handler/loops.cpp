// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Event loops written by hand: half of the servers without a library have one.
// No registration exists there; the body of the loop is the handler.

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

// The loop's own body, and functions that it calls. What comes before the loop
// and after it is start-up and shutdown.
class raw_server {
public:
  void run() {
    std::this_thread::sleep_for(1s);
    load_configuration();
    epoll_event events[64];
    while (running_) {
      int n = ::epoll_wait(epoll_, events, 64, -1);
      for (int i = 0; i < n; ++i) {
        if (events[i].data.fd == listener_)
          add(::accept(listener_, nullptr, nullptr));
        else
          serve(events[i].data.fd);
      }
      std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'raw_server::run'; {{.*}} [nettune-blocking-call-in-handler]
    }
    std::this_thread::sleep_for(1s);
    save_state();
  }

private:
  void add(int fd) {
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'raw_server::run'; {{.*}} [nettune-blocking-call-in-handler]
  }
  // The descriptor was never made non-blocking.
  void serve(int fd) {
    char data[64];
    ::recv(fd, data, sizeof data, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'recv' may block the event loop: called from the event loop in 'raw_server::run'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void load_configuration() { std::this_thread::sleep_for(1s); }
  void save_state() { std::this_thread::sleep_for(1s); }
  bool running_;
  int epoll_, listener_;
};

// Neither accept nor a callable below the loop: it may be something else.
namespace dispatcher {
struct message {
  int id;
};
static void login(const message &) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' may block the event loop: called from the event loop in 'dispatcher::loop'; {{.*}} [nettune-blocking-call-in-handler]
}
static void ping(const message &) {}
static void dispatch(const message &m) {
  switch (m.id) {
  case 1:
    login(m);
    break;
  default:
    ping(m);
  }
}
void loop(int epoll) {
  for (;;) {
    epoll_event event;
    if (::epoll_wait(epoll, &event, 1, 100) > 0)
      dispatch(*static_cast<message *>(event.data.ptr));
  }
}
} // namespace dispatcher

// Channels with callbacks, a virtual poller, tasks between two waits.
namespace reactor {
class channel {
public:
  typedef std::function<void()> callback;
  void set_read_callback(callback cb) { read_ = std::move(cb); }
  void set_close_callback(const callback &cb) { close_ = cb; }
  void handle_event(unsigned events) {
    if (events & EPOLLIN)
      read_();
    if (events & EPOLLHUP)
      close_();
  }

private:
  callback read_, close_;
};

struct poller {
  virtual ~poller() = default;
  virtual int poll(int timeout, std::vector<channel *> &active) = 0;
};
class epoll_poller : public poller {
public:
  int poll(int timeout, std::vector<channel *> &active) override {
    int n = ::epoll_wait(fd_, events_, 16, timeout);
    fill(n, active);
    return n;
  }

private:
  // The wrapper's other calls are loop code too.
  void fill(int n, std::vector<channel *> &active) {
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'reactor::event_loop::loop'; {{.*}} [nettune-blocking-call-in-handler]
    for (int i = 0; i < n; ++i)
      active.push_back(static_cast<channel *>(events_[i].data.ptr));
  }
  int fd_;
  epoll_event events_[16];
};

class event_loop {
public:
  void loop() {
    while (!quit_) {
      std::vector<channel *> active;
      poller_->poll(1000, active);
      for (channel *c : active)
        c->handle_event(EPOLLIN);
      run_pending();
    }
  }
  void queue(std::function<void()> task) {
    std::lock_guard lock(mutex_);
    pending_.push_back(std::move(task));
  }

private:
  void run_pending() {
    std::vector<std::function<void()>> tasks;
    {
      std::lock_guard lock(mutex_);
      tasks.swap(pending_);
    }
    for (auto &task : tasks)
      task();
  }
  bool quit_ = false;
  std::unique_ptr<poller> poller_;
  std::mutex mutex_;
  std::vector<std::function<void()>> pending_;
};

class connection {
public:
  connection(event_loop &loop, channel &c) : loop_(loop) {
    c.set_read_callback(std::bind(&connection::handle_read, this));
    c.set_close_callback([this] { handle_close(); });
  }
  void send() {
    loop_.queue([this] { send_in_loop(); });
  }

private:
  void handle_read() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'reactor::event_loop::loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void handle_close() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'reactor::event_loop::loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void send_in_loop() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'reactor::event_loop::loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
  event_loop &loop_;
};
} // namespace reactor

// The wait is two calls down, behind a wrapper with its own retry loop.
class deep_loop {
public:
  std::function<void(int)> on_ready;
  // A loop on a thread of its own is an event loop all the same.
  void start() { thread_ = std::thread(&deep_loop::run, this); }

private:
  int wait_once(epoll_event *event) { return wait_retrying(event); }
  int wait_retrying(epoll_event *event) {
    int n;
    do {
      n = ::epoll_wait(fd_, event, 1, -1);
    } while (n < 0 && errno == EINTR);
    return n;
  }
  void run() {
    epoll_event event;
    do {
      if (wait_once(&event) == 1)
        on_ready(event.data.fd);
    } while (event.data.fd >= 0);
  }
  int fd_;
  std::thread thread_;
};
void use_deep_loop(deep_loop &loop) {
  loop.on_ready = [](int) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'deep_loop::run'; {{.*}} [nettune-blocking-call-in-handler]
  };
}

// poll and select over many descriptors, called in the loop itself.
void poll_loop(std::vector<pollfd> &fds, std::map<int, std::function<void()>> &handlers) {
  while (::poll(fds.data(), fds.size(), -1) >= 0) {
    for (pollfd &p : fds)
      if (p.revents)
        handlers[p.fd]();
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'poll_loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
int poll_once(std::vector<pollfd> &fds) { return ::poll(fds.data(), fds.size(), 10); }
void poll_loop_one_call_up(std::vector<pollfd> &fds, void (*ready)(int)) {
  while (poll_once(fds) >= 0) {
    ready(fds.front().fd);
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'poll_loop_one_call_up'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
void select_loop(int highest, fd_set &all, void (*ready)(int)) {
  for (fd_set now = all;; now = all) {
    ::select(highest + 1, &now, nullptr, nullptr, nullptr);
    for (int fd = 0; fd <= highest; ++fd)
      if (FD_ISSET(fd, &now))
        ready(fd);
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the event loop in 'select_loop'; {{.*}} [nettune-blocking-call-in-handler]
  }
}

// Near misses: none of these is an event loop.

// One descriptor with a timeout: a client that waits for its answer.
bool read_answer(int fd, char *data, int size) {
  while (size > 0) {
    pollfd entry{fd, POLLIN, 0};
    if (::poll(&entry, 1, 1000) <= 0)
      return false;
    std::this_thread::sleep_for(1ms);
    int n = ::read(fd, data, size);
    data += n;
    size -= n;
  }
  return true;
}
// poll further down than one call: a client's function as a rule.
int wait_for_any(std::vector<pollfd> &fds) { return ::poll(fds.data(), fds.size(), 10); }
int wait_for_answers(std::vector<pollfd> &fds) { return wait_for_any(fds); }
void gather(std::vector<pollfd> &fds) {
  while (!fds.empty()) {
    wait_for_answers(fds);
    std::this_thread::sleep_for(1ms);
  }
}
// Starting a loop again is not a part of it: a loop that serves is no retry loop.
void supervise(raw_server &server, reactor::event_loop &loop, const bool &stop) {
  while (!stop) {
    loop.loop();
    std::this_thread::sleep_for(1s);
  }
  while (!stop) {
    server.run();
    std::this_thread::sleep_for(1s);
  }
}
// No loop around the wait.
void wait_once(int epoll) {
  epoll_event event;
  ::epoll_wait(epoll, &event, 1, 1000);
  std::this_thread::sleep_for(1s);
}
// The loop is beside the wait.
void wait_then_loop(int epoll) {
  epoll_event event;
  int n = ::epoll_wait(epoll, &event, 1, 1000);
  for (int i = 0; i < n; ++i)
    std::this_thread::sleep_for(1s);
}
// A thread that sleeps between two rounds, and one that waits for work.
void reporter(const bool &stop) {
  while (!stop)
    std::this_thread::sleep_for(1s);
}
class worker {
  void run() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return task_ != nullptr; });
      task_();
      std::this_thread::sleep_for(1ms);
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> task_;
  std::thread thread_{&worker::run, this};
  std::thread reporter_{[] { reporter(false); }};
};
// The wait stands in a lambda that another thread runs.
void start_waiter(int epoll) {
  for (int i = 0; i < 4; ++i) {
    std::thread([epoll] {
      epoll_event event;
      ::epoll_wait(epoll, &event, 1, -1);
    }).detach();
    std::this_thread::sleep_for(1ms);
  }
}
