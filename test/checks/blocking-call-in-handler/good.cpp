// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Near misses: each waits, none of them on the event loop. Nothing is reported.

#include <asio.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <future>
#include <mutex>
#include <pthread.h>
#include <sstream>
#include <string>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;
using asio::ip::tcp;
asio::io_context io;

static void query_database(int) { std::this_thread::sleep_for(1s); }
static void *thread_main(void *) {
  query_database(1);
  return nullptr;
}

// Handed to another thread from a handler: by the language, by the system, by a pool.
class handing_over {
public:
  void start() {
    asio::post(io, [this] { on_message(1); });
  }

private:
  void on_message(int id) {
    std::thread([id] { query_database(id); }).detach();
    std::thread worker(&handing_over::work, this, id);
    worker.detach();
    threads_.emplace_back([] { std::this_thread::sleep_for(1s); });
    threads_.push_back(std::thread(query_database, id));
    pending_ = std::async(std::launch::async, query_database, id);
    pthread_t thread;
    ::pthread_create(&thread, nullptr, thread_main, nullptr);
    asio::post(pool_, [id] { query_database(id); });
    asio::post(pool_.get_executor(), std::bind(&handing_over::work, this, id));
    asio::post(asio::make_strand(pool_.get_executor()), [id] { query_database(id); });
    asio::post(asio::bind_executor(pool_, [id] { query_database(id); }));
    asio::dispatch(pool_, &handing_over::work_static);
    asio::co_spawn(pool_, work_coroutine(), asio::detached);
  }
  void work(int) { std::this_thread::sleep_for(1s); }
  static void work_static() { std::this_thread::sleep_for(1s); }
  [[clang::annotate("nettune::worker")]] static asio::awaitable<void> work_coroutine() {
    std::this_thread::sleep_for(1s);
    co_return;
  }
  asio::thread_pool pool_;
  std::vector<std::thread> threads_;
  std::future<void> pending_;
};

// A pool of the project's own: a queue, worker threads, a condition variable.
class worker_pool {
public:
  explicit worker_pool(unsigned n) {
    for (unsigned i = 0; i < n; ++i)
      workers_.emplace_back([this] { run(); });
  }
  ~worker_pool() {
    changed_.notify_all();
    for (auto &worker : workers_)
      worker.join();
  }
  template <typename F> void enqueue(F &&work) {
    {
      std::lock_guard lock(mutex_);
      queue_.emplace_back(std::forward<F>(work));
    }
    changed_.notify_one();
  }

private:
  void run() {
    for (;;) {
      std::function<void()> work;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !queue_.empty(); });
        work = std::move(queue_.front());
        queue_.pop_front();
      }
      work();
    }
  }
  std::vector<std::thread> workers_;
  std::deque<std::function<void()>> queue_;
  std::mutex mutex_;
  std::condition_variable changed_;
};
void with_pool(worker_pool &pool, tcp::socket &socket, char (&data)[64]) {
  socket.async_read_some(asio::buffer(data), [&pool](std::error_code ec, std::size_t n) {
    pool.enqueue([n] { query_database(n); });
    pool.enqueue(std::bind(&query_database, 2));
  });
}

// Start-up and shutdown: before run(), after run(), in functions no handler calls.
class server {
public:
  server() : acceptor_(io, tcp::endpoint(tcp::v4(), 80)) {
    std::ifstream configuration("server.conf");
    tcp::resolver(io).resolve("db", "5432");
  }
  ~server() { stop(); }
  void stop() {
    io.stop();
    thread_.join();
    std::this_thread::sleep_for(1s);
  }
  void run() {
    std::this_thread::sleep_for(100ms);
    accept();
    thread_ = std::thread([] { io.run(); });
    io.run();
    std::this_thread::sleep_for(100ms);
  }

private:
  void accept() {
    acceptor_.async_accept([this](std::error_code ec, tcp::socket peer) {
      if (!ec)
        sessions_.push_back(std::move(peer));
      accept();
    });
  }
  tcp::acceptor acceptor_;
  std::vector<tcp::socket> sessions_;
  std::thread thread_;
};

// A thread a connection: its functions may wait.
static void session(tcp::socket socket) {
  char data[64];
  for (;;) {
    std::size_t n = asio::read(socket, asio::buffer(data));
    asio::write(socket, asio::buffer(data, n));
    std::this_thread::sleep_for(1ms);
  }
}
void threaded_server(tcp::acceptor &acceptor) {
  for (;;)
    std::thread(session, acceptor.accept()).detach();
}

// Functions that are only named like handlers, and lambdas that nobody runs.
void on_message(const std::string &) { std::this_thread::sleep_for(1s); }
void handle_read(std::error_code, std::size_t) { std::this_thread::sleep_for(1s); }
class client_handler {
  void handle_request() { std::this_thread::sleep_for(1s); }
  virtual void on_close() { std::this_thread::sleep_for(1s); }
  std::function<void()> on_error = [] { std::this_thread::sleep_for(1s); };
};
void unused_lambdas() {
  asio::post(io, [] {
    auto later = [] { std::this_thread::sleep_for(1s); };
    auto never = [](auto x) { std::this_thread::sleep_for(x); };
    std::function<void()> stored = later;
    (void)never;
  });
  asio::post(io, [] { static_assert(sizeof(decltype([] { query_database(1); })) == 1); });
}

// Descriptors that the program makes non-blocking: by fcntl elsewhere, at accept4, at creation.
void make_non_blocking(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }
int take(int listener) { return ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); }
void on_readable(int fd) {
  char data[64];
  ::recv(fd, data, sizeof data, 0);
  ::send(fd, data, 1, 0);
  while (::read(fd, data, sizeof data) > 0) {
  }
  ::accept(fd, nullptr, nullptr);
}
void on_wakeup() {
  static const int event = ::eventfd(0, EFD_NONBLOCK);
  std::uint64_t count;
  ::read(event, &count, sizeof count);
}
void with_descriptors(int fd) {
  make_non_blocking(fd);
  asio::post(io, [fd] { on_readable(fd); });
  asio::post(io, &on_wakeup);
}

// A socket of Asio that is non-blocking.
void with_socket(tcp::socket &socket, char (&data)[64]) {
  socket.non_blocking(true);
  socket.async_wait(asio::socket_base::wait_read, [&](std::error_code) {
    std::error_code ec;
    socket.read_some(asio::buffer(data), ec);
  });
}

// Asynchronous calls that only look as if they waited.
void asynchronous(tcp::resolver &resolver, tcp::socket &socket, asio::steady_timer &timer) {
  asio::post(io, [&] {
    resolver.async_resolve("db", "5432", [&](std::error_code, tcp::resolver::results_type found) {
      asio::async_connect(socket, found, [](std::error_code, tcp::endpoint) {});
    });
    timer.expires_after(1s);
    timer.async_wait([](std::error_code) {});
    std::future<void> done = timer.async_wait(asio::use_future);
    asio::ip::udp::socket datagrams(io);
    datagrams.send_to(asio::buffer("x", 1), asio::ip::udp::endpoint());
  });
}

// Strings and memory are not files; an unopened file is not opened.
void no_files(const std::string &text) {
  asio::post(io, [text] {
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    char data[8];
    in.read(data, sizeof data);
    std::ostringstream out;
    out << line << std::flush;
    std::ifstream none;
    if (none.is_open())
      return;
  });
}

// Not compiled, not evaluated, not chosen.
template <bool Debug> void trace() {
  if constexpr (Debug)
    std::this_thread::sleep_for(1s);
}
void excluded() {
  asio::post(io, [] {
#ifdef SIMULATE_SLOW_DISK
    std::this_thread::sleep_for(1s);
#endif
    // std::this_thread::sleep_for(1s);
    using none = decltype(std::this_thread::sleep_for(1s));
    static_assert(noexcept(query_database(1)) == false);
    (void)sizeof(asio::steady_timer(io, 1s));
    trace<false>();
  });
}

// Short critical sections.
std::mutex mutex;
int counter;
void locks() {
  asio::post(io, [] {
    std::lock_guard guard(mutex);
    ++counter;
    std::unique_lock second(mutex, std::defer_lock);
    if (second.try_lock())
      ++counter;
  });
}

// A program of one thread that is no server.
int main() {
  std::ifstream input("names");
  tcp::socket socket(io);
  tcp::resolver resolver(io);
  asio::connect(socket, resolver.resolve("example.org", "80"));
  asio::streambuf answer;
  asio::read_until(socket, answer, "\n");
  std::this_thread::sleep_for(1s);
}
