// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Wrong answers that are known and accepted, each with its reason: fp_ is reported
// though it should not be, fn_ is not reported though it should be. A change that
// puts one right moves it to its place in another file.

#include <asio.hpp>
#include <chrono>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <mutex>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
asio::io_context io;

// Known false positives.

// A field is one place, whatever the object: the worker's bell is not the loop's.
struct bell {
  std::function<void()> ring;
};
void fp_other_object(bell &of_loop, bell &of_worker) {
  of_worker.ring = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  };
  asio::post(io, [&of_loop] { of_loop.ring(); });
}

// The file is read at start-up: the handler finds it there. Which call comes first is
// not asked.
class settings {
public:
  const std::string &text() {
    if (text_.empty())
      fp_read_before_that();
    return text_;
  }

private:
  void fp_read_before_that() {
    std::ifstream file("settings");
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    std::getline(file, text_);
  }
  std::string text_;
};
void start(settings &all) {
  all.text();
  asio::post(io, [&all] { all.text(); });
}
// Nor are the objects of a template: a queue of the loop's and one of a worker's.
template <typename T> class task_queue {
public:
  void push(T task) { tasks_.push_back(std::move(task)); }
  T take() {
    T task = std::move(tasks_.back());
    tasks_.pop_back();
    return task;
  }

private:
  std::vector<T> tasks_;
};
struct loop_tasks {
  task_queue<std::function<void()>> queue;
  void turn() {
    asio::post(io, [this] { queue.take()(); });
  }
};
struct worker_tasks {
  task_queue<std::function<void()>> queue;
  std::thread thread{[this] { queue.take()(); }};
};
void fp_other_queue(loop_tasks &of_loop, worker_tasks &of_worker) {
  of_loop.queue.push([] {});
  of_worker.queue.push([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
// The caller has asked what is there.
static std::size_t drain(asio::ip::tcp::socket &socket, char (&data)[64]) {
  return socket.read_some(asio::buffer(data));
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'asio::basic_stream_socket::read_some' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void fp_asked_by_caller(asio::ip::tcp::socket &socket, char (&data)[64]) {
  asio::post(io, [&] {
    if (socket.available() > 0)
      drain(socket, data);
  });
}
// The time has come already.
void fp_wait_until_now(std::future<int> &answer) {
  asio::post(io, [&answer] {
    answer.wait_until(std::chrono::steady_clock::now());
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::future::wait_until' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
// Not an event loop of the server's: the context of a database's thread, got by reference.
class database {
public:
  explicit database(asio::io_context &io) : io_(io) {}
  void fp_query_on_own_thread() {
    asio::post(io_, [] {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    });
  }

private:
  asio::io_context &io_;
};
void with_database(asio::io_context &of_database, database &db) {
  std::thread([&of_database] { of_database.run(); }).detach();
  db.fp_query_on_own_thread();
}

// Known false negatives.

// A loop that a handler runs until its answer is there: its wait is a wait.
void fn_nested_loop(std::vector<pollfd> &fds, void (*ready)(int), const bool &done) {
  asio::post(io, [&fds, ready, &done] {
    while (!done) {
      ::poll(fds.data(), fds.size(), -1);
      ready(fds.front().fd);
    }
  });
}
// What a static variable is made with, where nobody made it before.
static std::string &lazy() {
  static std::string text = (std::this_thread::sleep_for(1s), "text");
  return text;
}
void fn_made_in_handler() {
  asio::post(io, [] { lazy().clear(); });
}

// The discarded future's destructor waits.
void fn_discarded_future() {
  asio::post(io, [] {
    (void)std::async(std::launch::async, [] { std::this_thread::sleep_for(1s); });
  });
}
// One descriptor of the program is non-blocking, this one is not.
void fn_other_descriptor(int quick, int slow) {
  ::fcntl(quick, F_SETFL, O_NONBLOCK);
  asio::post(io, [slow] {
    char data[8];
    ::recv(slow, data, sizeof data, 0);
  });
}
// The stream's type is lost at the call.
static void read_header(std::istream &in) {
  char data[8];
  in.read(data, sizeof data);
}
void fn_file_as_istream(std::ifstream &file) {
  asio::post(io, [&file] { read_header(file); });
}
// Terminal input through a stream.
void fn_console_stream() {
  asio::post(io, [] {
    std::string line;
    std::getline(std::cin, line);
  });
}
// The mutex is held elsewhere over a wait; the lock alone does not tell.
std::mutex slow_mutex;
void fn_contended_lock() {
  std::thread([] {
    std::lock_guard guard(slow_mutex);
    std::this_thread::sleep_for(1s);
  }).detach();
  asio::post(io, [] { std::lock_guard guard(slow_mutex); });
}
// A function's address kept as a number.
static void hidden() { std::this_thread::sleep_for(1s); }
void fn_address_as_number() {
  auto number = reinterpret_cast<std::uintptr_t>(&hidden) ^ 1;
  asio::post(io, [number] { reinterpret_cast<void (*)()>(number ^ 1)(); });
}

// The taker's body is in another file. Without it nobody knows whether the
// callable goes to a loop or to a pool, so it is taken for neither.
namespace bus {
void subscribe(const char *topic, std::function<void(int)> callback);
} // namespace bus
void fn_taker_in_another_file() {
  bus::subscribe("prices", [](int) { std::this_thread::sleep_for(1s); });
}
// The same with a field that only code in another file calls.
class web_socket {
public:
  std::function<void(const std::string &)> on_message;
  void listen(int port);
};
void fn_field_called_in_another_file(web_socket &socket) {
  socket.on_message = [](const std::string &) { std::this_thread::sleep_for(1s); };
  socket.listen(80);
}
