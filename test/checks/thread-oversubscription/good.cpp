// RUN: %nettune_check %s nettune-thread-oversubscription -- -I%source_root/tools/bench/messaging
//
// As many threads as cores, or as many as somebody says who knows the machine.

#include "messaging.h"
#include <algorithm>
#include <asio.hpp>
#include <cstdlib>
#include <thread>
#include <vector>

void one_per_core() {
  messaging::messaging_server server("cores");
  server.set_thread_count(std::max(1u, std::thread::hardware_concurrency()));
  asio::thread_pool compute(std::thread::hardware_concurrency());
}

void run_loops(asio::io_context &io) {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < cores; ++i)
    threads.emplace_back([&io] { io.run(); });
  for (auto &t : threads)
    t.join();
}

// Small constants: a machine of eight cores can run them.
void small() {
  messaging::messaging_server server("small");
  server.set_thread_count(4);
  asio::thread_pool pool(8);
}
void twice() { asio::thread_pool pool(16); }

// Threads that wait are many on purpose: their number follows from how long they wait.
void waiting_pool() { messaging::thread_pool database(64, 1000); }

// Read from the configuration, the command line, the environment.
struct config {
  unsigned threads = 64;
};
config load_config(const char *path);
void configured(int argc, char **argv) {
  const config from_file = load_config("server.conf");
  asio::thread_pool a(from_file.threads);
  asio::thread_pool b(argc > 1 ? std::atoi(argv[1]) : 64);
  const char *text = std::getenv("THREADS");
  asio::thread_pool c(text ? std::strtoul(text, nullptr, 10) : 64);
}

// Bounded by what the cores can run.
void bounded() {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  messaging::messaging_server server("bounded");
  server.set_thread_count(std::min(cores * 2, 8u));
}
void clamped() {
  const unsigned cores = std::thread::hardware_concurrency();
  asio::thread_pool pool(std::clamp(cores * 4, 1u, 16u));
}
