// RUN: %nettune_check %s nettune-thread-per-connection

#include <asio.hpp>
#include <atomic>
#include <future>
#include <memory>
#include <semaphore>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;
void serve(int fd);

// The program counts its threads.
class limited {
public:
  void run(int listener) {
    while (true) {
      int fd = accept(listener, nullptr, nullptr);
      if (active_ >= limit_) {
        close(fd);
        continue;
      }
      ++active_;
      std::thread([this, fd] { serve(fd); --active_; }).detach();
    }
  }

private:
  std::atomic<int> active_{0};
  int limit_ = 32;
};
void by_size(int listener) {
  std::vector<std::thread> sessions;
  while (sessions.size() < 16)
    sessions.emplace_back(serve, accept(listener, nullptr, nullptr));
}
void by_semaphore(int listener, std::counting_semaphore<> &slots) {
  while (true) {
    slots.acquire();
    int fd = accept(listener, nullptr, nullptr);
    std::thread([&slots, fd] { serve(fd); slots.release(); }).detach();
  }
}

// Four peers are expected, no more.
void fixed_peers(int listener) {
  std::vector<std::thread> peers;
  for (int i = 0; i < 4; ++i)
    peers.emplace_back(serve, accept(listener, nullptr, nullptr));
}

// One thread of the object, started by the first event.
class lazy {
public:
  void start(asio::io_context &io) {
    asio::post(io, [this] { worker_ = std::thread([] {}); });
    asio::post(io, [this] {
      if (!started_) {
        started_ = true;
        std::thread([] {}).detach();
      }
    });
  }

private:
  std::thread worker_;
  bool started_ = false;
};

// No thread: it runs when it is asked for; an object that is moved; none yet.
void no_thread(asio::io_context &io, std::vector<std::thread> &all) {
  asio::post(io, [&all] {
    auto later = std::async(std::launch::deferred, [] { return 1; });
    std::thread none;
    all.push_back(std::move(none));
  });
}

// A thread that accepts, and one that the accept loop does not make.
void accept_thread(int listener) {
  std::thread([listener] {
    while (true)
      serve(accept(listener, nullptr, nullptr));
  }).detach();
}

// A lambda that nobody runs in the loop.
void not_in_loop(int listener) {
  int fd = accept(listener, nullptr, nullptr);
  std::thread(serve, fd).join();
}
