// RUN: %nettune_check %s nettune-thread-per-connection

#include <asio.hpp>
#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
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

// A limit that is waited for, asked of a gate of the program's own.
void waits_for_room(int listener, int most) {
  int active = 0;
  std::mutex mutex;
  std::condition_variable room;
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    std::unique_lock lock(mutex);
    room.wait(lock, [&] { return active < most; });
    ++active;
    std::thread([&, fd] {
      serve(fd);
      std::lock_guard guard(mutex);
      --active;
      room.notify_one();
    }).detach();
  }
}
class gate {
public:
  bool try_enter();
  bool open_for_one();
  void leave();
};
void by_gate(int listener, gate &entry) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (!entry.try_enter()) {
      close(fd);
      continue;
    }
    std::thread([fd, &entry] { serve(fd); entry.leave(); }).detach();
  }
}
void by_gate_of_any_name(int listener, gate &entry) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (!entry.open_for_one()) {
      close(fd);
      continue;
    }
    std::thread([fd, &entry] { serve(fd); entry.leave(); }).detach();
  }
}
void inside_the_gate(int listener, gate &entry) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (entry.try_enter())
      std::thread([fd, &entry] { serve(fd); entry.leave(); }).detach();
    else
      close(fd);
  }
}

// At most one at a time.
void one_at_a_time(int listener) {
  std::thread current;
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (current.joinable())
      current.join();
    current = std::thread(serve, fd);
  }
}
void one_jthread(int listener) {
  std::jthread current;
  while (true)
    current = std::jthread(serve, accept(listener, nullptr, nullptr));
}

// The first peer only.
void one_peer(int listener) {
  std::thread peer;
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (fd < 0)
      continue;
    peer = std::thread(serve, fd);
    break;
  }
  peer.join();
}
void first_good_peer(int listener) {
  for (;;)
    if (int fd = accept(listener, nullptr, nullptr); fd >= 0) {
      std::thread(serve, fd).detach();
      return;
    }
}
