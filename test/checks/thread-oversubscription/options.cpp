// RUN: %nettune_check %s nettune-thread-oversubscription -config='{CheckOptions: {nettune.TargetCores: 2}}' -check-suffix=TWO
// RUN: %nettune_check %s nettune-thread-oversubscription -config='{CheckOptions: {nettune.TargetCores: 64}}' -check-suffix=MANY

#include <algorithm>
#include <asio.hpp>
#include <thread>

void pools() {
  asio::thread_pool a(6);
// CHECK-MESSAGES-TWO: :[[@LINE-1]]:23: warning: 6 threads requested for 2 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}
void large() {
  asio::thread_pool a(100);
// CHECK-MESSAGES-TWO: :[[@LINE-1]]:23: warning: 100 threads requested for 2 cores; start with hardware_concurrency() [nettune-thread-oversubscription]
}
// A multiple of the cores is one whatever their number; a bound is not.
void multiple() {
  asio::thread_pool a(std::thread::hardware_concurrency() * 3);
// CHECK-MESSAGES-TWO: :[[@LINE-1]]:23: warning: 3 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
// CHECK-MESSAGES-MANY: :[[@LINE-2]]:23: warning: 3 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
}
void bounded() {
  asio::thread_pool a(std::min(32u, std::thread::hardware_concurrency() * 16));
// CHECK-MESSAGES-TWO: :[[@LINE-1]]:23: warning: 16 threads requested for each core; start with hardware_concurrency() [nettune-thread-oversubscription]
}
