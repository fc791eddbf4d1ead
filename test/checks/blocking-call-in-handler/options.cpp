// RUN: %nettune_check %s nettune-blocking-call-in-handler -config='{CheckOptions: {nettune.MaxPathNotes: 2}}' -check-suffix=SHORT
// RUN: %nettune_check %s nettune-blocking-call-in-handler -config='{CheckOptions: {nettune.MaxPathNotes: 3, nettune.ReportMayBlock: false}}' -check-suffix=ONE
// RUN: %nettune_check %s nettune-blocking-call-in-handler -config='{CheckOptions: {nettune.ReportMayBlock: false}}' -check-suffix=CERTAIN
// RUN: %nettune_check %s nettune-blocking-call-in-handler -config='{CheckOptions: {nettune.GuideUrl: "https://example.org/guide.html"}}' -check-suffix=URL

#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

// A long path: with two notes for it, the middle is left out.
static void third() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES-SHORT: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES-SHORT: :[[@LINE+25]]:3: note: the lambda in 'start' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES-SHORT: :[[@LINE+24]]:23: note: 2 further calls are left out
// CHECK-NOTES-SHORT: :[[@LINE+19]]:24: note: 'second' calls 'third' here
// CHECK-NOTES-SHORT: :[[@LINE-5]]:3: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES-SHORT: :[[@LINE-6]]:3: note: guide: docs/PERFORMANCE_TUNING.md#blocking-call-in-handler
// CHECK-MESSAGES-CERTAIN: :[[@LINE-7]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-MESSAGES-URL: :[[@LINE-8]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES-URL: :[[@LINE+18]]:3: note: the lambda in 'start' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES-URL: :[[@LINE+17]]:23: note: the lambda in 'start' calls 'first' here
// CHECK-NOTES-URL: :[[@LINE+13]]:23: note: 'first' calls 'second' here
// CHECK-NOTES-URL: :[[@LINE+11]]:24: note: 'second' calls 'third' here
// CHECK-NOTES-URL: :[[@LINE-13]]:3: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES-URL: :[[@LINE-14]]:3: note: guide: https://example.org/guide.html#blocking-call-in-handler
// CHECK-MESSAGES-ONE: :[[@LINE-15]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES-ONE: :[[@LINE+11]]:3: note: the lambda in 'start' runs on the event loop: given to 'asio::post' here
// CHECK-NOTES-ONE: :[[@LINE+10]]:23: note: the lambda in 'start' calls 'first' here
// CHECK-NOTES-ONE: :[[@LINE+6]]:23: note: 1 further call is left out
// CHECK-NOTES-ONE: :[[@LINE+4]]:24: note: 'second' calls 'third' here
// CHECK-NOTES-ONE: :[[@LINE-20]]:3: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES-ONE: :[[@LINE-21]]:3: note: guide: docs/PERFORMANCE_TUNING.md#blocking-call-in-handler
}
static void second() { third(); }
static void first() { second(); }

void start() {
  asio::post(io, [] { first(); });
}

// What only may block is an option.
void usually() {
  asio::post(io, [] {
    std::ifstream file("history");
// CHECK-MESSAGES-SHORT: :[[@LINE-1]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-MESSAGES-URL: :[[@LINE-2]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
