// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency -check-suffix=PLAIN
// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency -config='{CheckOptions: {nettune.TargetCores: 64, nettune.Workload: high_connections}}' -check-suffix=PLAIN
// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency -config='{CheckOptions: {nettune.Models: "%S/Inputs/vendor.json"}}' -check-suffix=PLAIN,MODELS
// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency -config='{CheckOptions: {nettune.GuideUrl: "https://example.org/guide.html"}}' -check-suffix=URL

#include <algorithm>
#include <asio.hpp>
#include <thread>

namespace vendor {
void start_workers(unsigned count);
void start_workers_of(const char *name, unsigned count);
} // namespace vendor

// The number of cores may be 0 whatever machine the program is tuned for.
void pool() {
  asio::thread_pool a(std::thread::hardware_concurrency() / 2);
// CHECK-MESSAGES-PLAIN: :[[@LINE-1]]:23: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 0; clamp the count with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-NOTES-PLAIN: :[[@LINE-2]]:23: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
// CHECK-FIXES-PLAIN: asio::thread_pool a(std::max(1u, std::thread::hardware_concurrency() / 2));
// CHECK-MESSAGES-URL: :[[@LINE-4]]:23: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 0; clamp the count with 'std::max(1u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-NOTES-URL: :[[@LINE-5]]:23: note: guide: https://example.org/guide.html#thread-oversubscription
// CHECK-FIXES-URL: asio::thread_pool a(std::max(1u, std::thread::hardware_concurrency() / 2));
}
// That this is a count of threads, a model has to say.
void library() {
  vendor::start_workers(std::thread::hardware_concurrency() - 1);
// CHECK-MESSAGES-MODELS: :[[@LINE-1]]:25: warning: 'std::thread::hardware_concurrency' may return 0, and then the thread count is 4294967295; clamp the cores with 'std::max(2u, ...)' [nettune-unclamped-hardware-concurrency]
// CHECK-FIXES-MODELS: vendor::start_workers(std::max(2u, std::thread::hardware_concurrency()) - 1);
  vendor::start_workers(std::max(2u, std::thread::hardware_concurrency()) - 1);
  vendor::start_workers_of("compute", std::thread::hardware_concurrency() - 1);
}
