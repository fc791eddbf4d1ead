// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Branches that the loop's thread does not run: another thread's, where a function asks
// whose thread it is on, and a child process.

#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <pthread.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
asio::io_context io;

// Runs a task on the loop, and waits for it: on the loop's thread it runs at once.
class actor {
public:
  void invoke(std::function<void()> task) {
    if (is_in_loop()) {
      task();
    } else {
      std::promise<void> done;
      asio::post(io, [&] {
        task();
        done.set_value();
      });
      done.get_future().wait();
    }
  }
  void invoke_early(std::function<void()> task) {
    if (owner_ == std::this_thread::get_id()) {
      task();
      return;
    }
    std::promise<void> done;
    queue([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }
  void invoke_negated(std::function<void()> task) {
    if (!is_in_loop()) {
      std::promise<void> done;
      queue([&] { done.set_value(); });
      done.get_future().wait();
      return;
    }
    task();
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  // Both branches.
  void always() {
    if (is_in_loop())
      std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    std::this_thread::sleep_for(2ms);
  }

private:
  bool is_in_loop() const { return std::this_thread::get_id() == owner_; }
  void queue(std::function<void()> task) { asio::post(io, std::move(task)); }
  std::thread::id owner_;
};
void use_actor(actor &a) {
  a.invoke([] {});
  asio::post(io, [&a] {
    a.invoke([] {});
    a.invoke_early([] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
    a.invoke_negated([] {});
    a.always();
  });
}
class posix_actor {
public:
  void run() {
    if (::pthread_equal(owner_, ::pthread_self()) == 0)
      return;
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void run_elsewhere() {
    if (::pthread_equal(owner_, ::pthread_self()))
      return;
    std::this_thread::sleep_for(1ms);
  }

private:
  pthread_t owner_;
};
void use_posix_actor(posix_actor &a) {
  asio::post(io, [&a] {
    a.run();
    a.run_elsewhere();
  });
}

// A child process waits for itself only.
void start_child(const char *program) {
  if (::fork() == 0) {
    ::sleep(1);
    ::execl(program, program, nullptr);
    ::_exit(127);
  }
}
pid_t start_piped(const char *program, const char *log) {
  pid_t child;
  child = ::fork();
  if (child < 0)
    return -1;
  if (!child) {
    std::ofstream out(log);
    ::execl(program, program, nullptr);
    ::_exit(127);
  }
  ::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  return child;
}
class child {
public:
  void start() {
    process_ = ::fork();
    if (process_ == 0) {
      ::sleep(1);
      ::_exit(127);
    } else if (process_ != 0) {
      ::sleep(3);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    }
  }

private:
  pid_t process_;
};
void start_by_number(int count) {
  if (count == 0)
    ::sleep(2);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void start_all(child &c) {
  asio::post(io, [&c] {
    c.start();
    start_child("/bin/true");
    start_piped("/bin/true", "log");
    start_by_number(0);
  });
}
