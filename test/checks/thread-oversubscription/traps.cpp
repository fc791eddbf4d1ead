// RUN: %nettune_check %s nettune-thread-oversubscription -- -I%source_root/tools/bench/messaging
//
// Numbers that look like too many threads and are not.

#include "messaging.h"
#include <asio.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

// The queue's length is no number of threads; nor is a size of a vector.
void other_numbers() {
  messaging::thread_pool pool(4, 1000);
  std::vector<std::thread> threads(64);
  threads.resize(128);
}

// The object decides: two values of one field are not one.
struct options {
  unsigned threads = 1;
};
void two_values(bool large) {
  options o;
  o.threads = 4;
  if (large)
    o.threads = 64;
  asio::thread_pool pool(o.threads);
}

// Filled by code that is not seen here.
struct settings {
  unsigned threads = 64;
};
bool parse(int argc, char **argv, settings &into);
int parsed(int argc, char **argv) {
  settings s;
  if (!parse(argc, argv, s))
    return 1;
  asio::thread_pool pool(s.threads);
  return 0;
}

// A variable that others can set.
int global_threads = 64;
unsigned read_number();
void variables() {
  asio::thread_pool a(global_threads);
  unsigned n = 64;
  n = read_number();
  asio::thread_pool b(n);
  unsigned m = 64;
  m /= 16;
  asio::thread_pool c(m);
  unsigned *p = &n;
  *p = 2;
  asio::thread_pool d(*p);
}

// Callers differ.
static void serve(unsigned threads) { asio::thread_pool pool(threads); }
void callers() {
  serve(64);
  serve(2);
}
// Others may call it.
void exported(unsigned threads = 64) { asio::thread_pool pool(threads); }

// Threads that wait: 64 sessions at a time. What a library's function does is not known.
std::mutex guard;
std::condition_variable ready;
static void wait_for_work() {
  std::unique_lock<std::mutex> lock(guard);
  ready.wait(lock);
}
void work_elsewhere();
void waiting_threads() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i)
    threads.emplace_back(wait_for_work);
  for (int i = 0; i < 64; ++i)
    threads.emplace_back(work_elsewhere);
  for (int i = 0; i < 64; ++i)
    threads.emplace_back([] { std::this_thread::sleep_for(std::chrono::seconds(1)); });
}

// One after the other: no more than 12 at a time.
void sequence() {
  {
    asio::thread_pool pool(12);
    pool.join();
  }
  {
    asio::thread_pool pool(12);
    pool.join();
  }
}

// The loops of one server share its threads.
void one_server() {
  messaging::messaging_server server("shared");
  server.set_thread_count(16);
  server.set_io_threads(8);
}

// A pool of the program's own with that name: no model says what its number is.
struct thread_pool {
  explicit thread_pool(int queue_length);
};
void own_pool() { thread_pool pool(64); }

// Tests let threads collide.
#define TEST(suite, name) void suite##_##name##_Test()
TEST(pool, many) { asio::thread_pool pool(64); }
