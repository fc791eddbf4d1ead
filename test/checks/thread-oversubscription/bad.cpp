// RUN: %nettune_check %s nettune-thread-oversubscription -- -I%source_root/tools/bench/messaging
//
// Numbers of threads for the guide's eight cores: written down, or computed from
// the cores.

#include "messaging.h"
#include <asio.hpp>
#include <thread>
#include <vector>

using std::thread;

// The guide's own example.
void seed_example() {
  messaging::messaging_server server("many threads");
  server.set_thread_count(64);
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 64 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
// CHECK-NOTES: :[[@LINE-2]]:27: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
}

// "Twice the cores for I/O" is a rule for threads that wait.
void per_core(unsigned cpus) {
  messaging::messaging_server server("twice");
  server.set_thread_count(thread::hardware_concurrency() * 2);
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 2 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
  const auto cores = std::max(1u, thread::hardware_concurrency());
  messaging::messaging_server half("one and a half");
  half.set_thread_count(static_cast<std::size_t>(cores * 1.5));
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 1.5 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
  asio::thread_pool compute(4 * cores);
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 4 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
}

// Through names: the note says where the number stands.
constexpr unsigned worker_threads = 48;
#define POOL_THREADS 32
static int from_macro = POOL_THREADS;

void names() {
  asio::thread_pool a(worker_threads);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 48 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
// CHECK-NOTES: :[[@LINE-7]]:37: note: the number is 48 here
// CHECK-NOTES: :[[@LINE-3]]:23: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
}
void macro() {
  asio::thread_pool b(POOL_THREADS);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 32 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}
void static_variable() {
  asio::thread_pool c(from_macro);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 32 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}

// A default argument that every caller takes.
static void serve(std::size_t threads = 100) {
  messaging::messaging_server server("default");
  server.set_thread_count(threads);
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 100 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
// CHECK-NOTES: :[[@LINE-4]]:41: note: the number is 100 here
// CHECK-NOTES: :[[@LINE-3]]:27: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
}
void by_default() { serve(); }

// Configuration structs: a default, a designated initialiser, an assignment.
struct pool_config {
  unsigned threads = 64;
  unsigned queue = 1000;
};
void from_struct(const pool_config &config) {
  asio::thread_pool pool(config.threads);
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 64 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}
struct designated {
  const char *name;
  unsigned threads;
};
void from_designated() {
  designated config{.name = "x", .threads = 40};
  asio::thread_pool pool(config.threads);
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 40 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}
struct assigned {
  unsigned threads = 2;
};
void from_assigned() {
  assigned config;
  config.threads = 8 * 5;
  asio::thread_pool pool(config.threads);
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 40 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}

// A function that only computes.
static unsigned thread_count() {
  const unsigned cores = thread::hardware_concurrency();
  return cores ? cores * 3 : 12;
}
void from_function() {
  messaging::messaging_server server("function");
  server.set_thread_count(thread_count());
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 3 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
}

// A loop that makes them, around one event loop.
void run_loop(asio::io_context &io) {
  std::vector<thread> threads;
  for (int i = 0; i < 64; ++i)
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 64 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
    threads.emplace_back([&io] { io.run(); });
  for (auto &t : threads)
    t.join();
}
void run_bound(asio::io_context &io) {
  std::vector<thread> threads;
  const std::size_t count = thread::hardware_concurrency() * 4;
  threads.reserve(count);
  for (std::size_t i = 0; i != count; i++)
// CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 4 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
    threads.push_back(thread([&] { io.run(); }));
}
static double burn(int n) { return n < 2 ? n : burn(n - 1) * 0.5 + burn(n - 2); }
void compute_loop() {
  thread threads[50];
  for (auto &t : threads)
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 50 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
    t = thread([] { burn(30); });
}

// A global pool, a pool in a class, a pool that a constructor makes.
asio::thread_pool global_pool(128);
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 128 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
class owner {
public:
  owner() : second_(33) {}
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 33 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]

private:
  asio::thread_pool first_{65};
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 65 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
  asio::thread_pool second_;
};

// Each is no more than twice the cores, together they are.
int several_pools() {
  messaging::messaging_server server("three pools");
  server.set_thread_count(8);
  asio::thread_pool parse(12);
  asio::thread_pool encode(12);
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 32 threads requested for 8 cores by 3 pools; start with hardware_concurrency() for all [nettune-thread-oversubscription]
// CHECK-NOTES: :[[@LINE-4]]:27: note: 8 threads here
// CHECK-NOTES: :[[@LINE-4]]:27: note: 12 threads here
// CHECK-NOTES: :[[@LINE-4]]:28: note: 12 threads here
// CHECK-NOTES: :[[@LINE-5]]:28: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
  return server.start(5555) ? 0 : 1;
}

// The bound is wider than the cores.
void wide_bounds() {
  asio::thread_pool a(std::max(64u, thread::hardware_concurrency()));
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 64 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}
