// RUN: %nettune_check %s nettune-thread-oversubscription

#include <asio.hpp>
#include <thread>
#include <vector>

// A container that grows by push_back: how many elements it has is not followed.
void fn_container_grows(asio::io_context &io) {
  std::vector<int> names;
  for (int i = 0; i < 64; ++i)
    names.push_back(i);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < names.size(); ++i)
    threads.emplace_back([&io] { io.run(); });
}

// A loop that counts down.
void fn_counts_down(asio::io_context &io) {
  std::vector<std::thread> threads;
  for (int i = 64; i > 0; --i)
    threads.emplace_back([&io] { io.run(); });
}

// Two pools of one class, made by two of its fields: they live together, but
// nothing of one function says so.
struct two_pools {
  asio::thread_pool a{12};
  asio::thread_pool b{12};
};
void fn_two_fields() { two_pools pools; }

// The pool is for queries that a library without a model makes.
int library_query(const char *text);
void fp_unmodelled_wait() {
  asio::thread_pool pool(64);
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 64 threads requested for 8 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
  asio::post(pool, [] { library_query("select 1"); });
  pool.join();
}
