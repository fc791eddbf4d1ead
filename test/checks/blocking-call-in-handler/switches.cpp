// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Context switches that a project makes itself: its task queue, known by the thread that
// drains it, its pools, its policies, and the way back to the loop.

#include <asio.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// The queue's thread takes a task out by a function of its own; while there is no
// thread a task runs at once.
class pool {
public:
  void run(std::function<void()> task) {
    if (threads_.empty()) {
      task();
      return;
    }
    std::lock_guard lock(mutex_);
    queue_.push_back(std::move(task));
    changed_.notify_one();
  }
  void start() { threads_.emplace_back(new std::thread(std::bind(&pool::loop, this))); }

private:
  std::function<void()> take() {
    std::unique_lock lock(mutex_);
    while (queue_.empty())
      changed_.wait(lock);
    std::function<void()> task = queue_.front();
    queue_.pop_front();
    return task;
  }
  void loop() {
    for (;;)
      if (auto task = take())
        task();
  }
  std::vector<std::unique_ptr<std::thread>> threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
};
void use_pool(pool &p) {
  asio::post(io, [&p] {
    p.run([] {
      std::this_thread::sleep_for(1s);
      asio::post(io, [] {
        std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
      });
    });
  });
}

// A job: one half for the worker, the other for the loop.
struct job {
  std::function<void()> work;
  std::function<void()> done;
};
template <typename T> class blocking_queue {
public:
  void push(T value) { values_.push_back(std::move(value)); }
  bool pop(T &value) {
    value = std::move(values_.front());
    return true;
  }

private:
  std::deque<T> values_;
};
class workers {
public:
  void submit(std::function<void()> work, std::function<void()> done) {
    queue_.push(job{std::move(work), std::move(done)});
  }

private:
  blocking_queue<job> queue_;
  std::thread thread_{[this] {
    job next;
    while (queue_.pop(next)) {
      next.work();
      asio::post(io, next.done);
    }
  }};
};
void use_workers(workers &w) {
  asio::post(io, [&w] {
    w.submit([] { std::this_thread::sleep_for(1s); },
             [] {
               std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
             });
  });
}

// A packaged task with its arguments, and a future.
class scheduler {
public:
  template <typename F, typename... A> std::future<void> submit(F &&f, A &&...arguments) {
    auto task = std::make_shared<std::packaged_task<void()>>(
        std::bind(std::forward<F>(f), std::forward<A>(arguments)...));
    std::lock_guard lock(mutex_);
    queue_.push_back([task] { (*task)(); });
    return task->get_future();
  }
  void post(std::function<void()> f) { asio::post(io, std::move(f)); }

private:
  std::mutex mutex_;
  std::deque<std::function<void()>> queue_;
  std::thread thread_{[this] {
    for (auto &task : queue_)
      task();
  }};
};
static void heavy(int) { std::this_thread::sleep_for(1s); }
void use_scheduler(scheduler &s) {
  s.post([&s] {
    s.submit(heavy, 3);
    s.submit([] { std::this_thread::sleep_for(1s); });
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Messages, not callables: the worker's handlers have the names of the loop's.
struct message {
  int id;
  std::string body;
};
class business {
public:
  void on_message(const message &) { std::this_thread::sleep_for(1s); }
};
class message_workers {
public:
  void put(message m) { queue_.push(std::move(m)); }

private:
  void run() {
    message next;
    while (queue_.pop(next))
      handlers_[next.id].on_message(next);
  }
  blocking_queue<message> queue_;
  std::map<int, business> handlers_;
  std::thread thread_{&message_workers::run, this};
};
class connection {
public:
  explicit connection(message_workers &w) : workers_(w) {
    asio::post(io, [this] { on_message("x"); });
  }
  void on_message(const std::string &text) { workers_.put({1, text}); }

private:
  message_workers &workers_;
};

// Where it runs is a template's argument, or the type of what is given.
struct inline_policy {
  template <class F> void execute(F f) { f(); }
};
struct thread_policy {
  template <class F> void execute(F f) { std::thread(std::move(f)).detach(); }
};
template <class Policy> struct service {
  Policy policy;
  template <class F> void run(F f) { policy.execute(std::move(f)); }
};
template <class Executor> void run_on(Executor &e, std::function<void()> f) {
  asio::post(e, std::move(f));
}
void policies(service<inline_policy> &here, service<thread_policy> &elsewhere,
              asio::thread_pool &threads) {
  asio::post(io, [&] {
    here.run([] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    elsewhere.run([] { std::this_thread::sleep_for(1s); });
  });
  run_on(threads, [] { std::this_thread::sleep_for(1s); });
  run_on(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Threads in other words.
class launcher {
public:
  void start() {
    asio::post(io, [this] { on_message(); });
  }

private:
  void on_message() {
    auto owned = std::make_unique<std::thread>(&launcher::work, this);
    auto shared = std::make_shared<std::thread>([this] { work(); });
    raw_ = new std::thread(std::bind(&launcher::work, this));
    threads_[0] = std::thread([this] { work(); });
    threads_.insert(threads_.end(), std::thread(&launcher::work, this));
    auto starter = [](auto f) { std::thread(f).detach(); };
    starter([this] { work(); });
    launch([this] { work(); });
    std::packaged_task<void()> task([this] { work(); });
    std::thread(std::move(task)).detach();
  }
  template <class F> void launch(F &&f) { std::thread(std::forward<F>(f)).detach(); }
  void work() { std::this_thread::sleep_for(1s); }
  std::thread *raw_;
  std::vector<std::thread> threads_;
};

// A server whose handler only hands the connection to a pool.
class pool_server {
  asio::ip::tcp::acceptor acceptor_{io, asio::ip::tcp::endpoint()};
  asio::thread_pool pool_;

public:
  void accept() {
    acceptor_.async_accept([this](std::error_code, asio::ip::tcp::socket peer) {
      auto owned = std::make_shared<asio::ip::tcp::socket>(std::move(peer));
      asio::post(pool_, [this, owned] { serve(*owned); });
      accept();
    });
  }

private:
  void serve(asio::ip::tcp::socket &peer) {
    char data[16];
    asio::read(peer, asio::buffer(data));
    std::this_thread::sleep_for(1s);
    asio::write(peer, asio::buffer(data));
  }
};
