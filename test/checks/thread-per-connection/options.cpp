// RUN: %nettune_check %s nettune-thread-per-connection -check-suffix=PLAIN
// RUN: %nettune_check %s nettune-thread-per-connection -config='{CheckOptions: {nettune.TargetCores: 64, nettune.Workload: high_connections, nettune.ReportMayBlock: false}}' -check-suffix=PLAIN
// RUN: %nettune_check %s nettune-thread-per-connection -config='{CheckOptions: {nettune.Models: "%S/Inputs/vendor.json"}}' -check-suffix=PLAIN,MODELS
// RUN: %nettune_check %s nettune-thread-per-connection -config='{CheckOptions: {nettune.GuideUrl: "https://example.org/guide.html"}}' -check-suffix=URL

#include <sys/socket.h>
#include <thread>

void serve(int fd);

namespace vendor {
struct listener {
  int next();
  int last();
};
void spawn(void (*work)(int), int fd);
void enqueue(void (*work)(int), int fd);
} // namespace vendor

// No number of cores and no workload makes a thread for each connection right.
void known(int listener) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    std::thread(serve, fd).detach();
// CHECK-MESSAGES-PLAIN: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
// CHECK-NOTES-PLAIN: :[[@LINE-3]]:14: note: connections are accepted here
// CHECK-NOTES-PLAIN: :[[@LINE-3]]:5: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
// CHECK-MESSAGES-URL: :[[@LINE-4]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
// CHECK-NOTES-URL: :[[@LINE-6]]:14: note: connections are accepted here
// CHECK-NOTES-URL: :[[@LINE-6]]:5: note: guide: https://example.org/guide.html#thread-oversubscription
  }
}
// That this makes a thread, or accepts, a model has to say.
void makes(int listener) {
  while (true)
    vendor::spawn(serve, accept(listener, nullptr, nullptr));
// CHECK-MESSAGES-MODELS: :[[@LINE-1]]:5: warning: 'vendor::spawn' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
}
void accepts(vendor::listener &listener) {
  while (true)
    std::thread(serve, listener.next()).detach();
// CHECK-MESSAGES-MODELS: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
// CHECK-NOTES-MODELS: :[[@LINE-2]]:33: note: connections are accepted here
// CHECK-NOTES-MODELS: :[[@LINE-3]]:5: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
}
void neither(vendor::listener &listener) {
  while (true)
    vendor::enqueue(serve, listener.next());
  while (true)
    vendor::spawn(serve, listener.last());
}
