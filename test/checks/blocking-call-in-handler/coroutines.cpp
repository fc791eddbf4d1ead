// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// A coroutine runs where it is spawned, or where the coroutine that awaits it runs,
// and goes on where the completion token of what it awaited says.

#include <asio.hpp>
#include <chrono>
#include <thread>
#include <utility>

using namespace std::chrono_literals;
using asio::awaitable;
using asio::use_awaitable;

void work() { std::this_thread::sleep_for(1s); }

// Spawned on a pool only, with all that it awaits.
awaitable<void> step_in_pool() {
  work();
  co_return;
}
awaitable<void> spawned_in_pool() {
  std::this_thread::sleep_for(1s);
  co_await step_in_pool();
}
awaitable<void> spawned_on_executor(int) {
  std::this_thread::sleep_for(1s);
  co_return;
}
awaitable<void> awaited_by_lambda() {
  std::this_thread::sleep_for(1s);
  co_return;
}
void spawn_in_pool(asio::thread_pool &pool, asio::io_context &io) {
  asio::co_spawn(pool, spawned_in_pool(), asio::detached);
  asio::co_spawn(pool.get_executor(), spawned_on_executor(1), asio::detached);
  asio::co_spawn(
      pool, []() -> awaitable<void> { co_await awaited_by_lambda(); }, asio::detached);
  // Making it in a handler does not run it there.
  asio::post(io, [&pool] { asio::co_spawn(pool, spawned_in_pool(), asio::detached); });
}

// Spawned on both.
awaitable<void> spawned_on_both() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from coroutine 'spawned_on_both'; {{.*}} [nettune-blocking-call-in-handler]
  co_return;
}
// Spawned on the pool, awaited by a coroutine of the loop.
awaitable<void> awaited_on_loop() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from coroutine 'of_loop'; {{.*}} [nettune-blocking-call-in-handler]
  co_return;
}
awaitable<void> of_loop() { co_await awaited_on_loop(); }
void spawn_on_both(asio::thread_pool &pool, asio::io_context &io) {
  asio::co_spawn(pool, spawned_on_both(), asio::detached);
  asio::co_spawn(io, spawned_on_both(), asio::detached);
  asio::co_spawn(pool, awaited_on_loop(), asio::detached);
  asio::co_spawn(io, of_loop(), asio::detached);
}

// Made by a thread's function, run by the context.
awaitable<void> session() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from coroutine 'session'; {{.*}} [nettune-blocking-call-in-handler]
  co_return;
}
void start(asio::io_context &io, awaitable<void> task) { asio::co_spawn(io, std::move(task), asio::detached); }
void run_in_thread(asio::io_context &io) {
  std::thread([&io] {
    start(io, session());
    io.run();
  }).detach();
}

// What comes after a token that is bound to the pool runs there.
awaitable<void> moved_to_pool(asio::thread_pool &pool) {
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
  std::this_thread::sleep_for(1s);
  work();
}
awaitable<void> read_in_pool(asio::thread_pool &pool, asio::ip::tcp::socket &peer) {
  char data[512];
  for (;;) {
    co_await peer.async_read_some(asio::buffer(data), asio::bind_executor(pool, use_awaitable));
    std::this_thread::sleep_for(1s);
  }
}
awaitable<void> there_and_back(asio::thread_pool &pool, asio::steady_timer &timer) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from coroutine 'there_and_back'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-3]]:17: note: coroutine 'there_and_back' runs on the event loop
// CHECK-NOTES: :[[@LINE-3]]:3: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES: :[[@LINE+6]]:3: note: also blocks here: 'std::this_thread::sleep_for'
// CHECK-NOTES: :[[@LINE-5]]:3: note: guide: docs/PERFORMANCE_TUNING.md#blocking-call-in-handler
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
  std::this_thread::sleep_for(2s);
  // It comes back with the next operation.
  co_await timer.async_wait(use_awaitable);
  std::this_thread::sleep_for(3s);
}
// The pool runs nothing but the hop: the coroutine goes on where it was.
awaitable<void> token_not_bound(asio::thread_pool &pool) {
  co_await asio::post(pool, use_awaitable);
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from coroutine 'token_not_bound'; {{.*}} [nettune-blocking-call-in-handler]
}
