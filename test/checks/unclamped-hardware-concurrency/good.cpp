// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency -- -I%source_root/tools/bench/messaging

#include "messaging.h"
#include <algorithm>
#include <asio.hpp>
#include <thread>
#include <vector>

void clamped() {
  asio::thread_pool a(std::max(1u, std::thread::hardware_concurrency()));
  asio::thread_pool b(std::max(2u, std::thread::hardware_concurrency()) - 1);
  asio::thread_pool c(std::max(1u, std::thread::hardware_concurrency() / 2));
  asio::thread_pool d(std::clamp(std::thread::hardware_concurrency() / 2, 1u, 8u));
  messaging::messaging_server server("clamped");
  server.set_thread_count(std::max(1u, std::thread::hardware_concurrency()) * 2);
}

void conditional() {
  const unsigned cores = std::thread::hardware_concurrency();
  asio::thread_pool a(cores > 1 ? cores - 1 : 1);
  asio::thread_pool b(cores ? cores / 2 + 1 : 1);
}

void corrected() {
  unsigned cores = std::thread::hardware_concurrency();
  if (cores == 0)
    cores = 4;
  asio::thread_pool a(cores * 2);
}

void left_early() {
  const unsigned cores = std::thread::hardware_concurrency();
  if (cores < 2)
    return;
  asio::thread_pool a(cores - 1);
}

static unsigned usable_cores() { return std::max(1u, std::thread::hardware_concurrency()); }
void by_function() { asio::thread_pool a(usable_cores() * 2); }

// Adding makes no 0.
void added() { asio::thread_pool a(std::thread::hardware_concurrency() / 2 + 1); }
