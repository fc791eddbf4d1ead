// RUN: %nettune_check %s nettune-thread-per-connection

// REPLACE THIS: what the check must find, each with its message.

extern "C" unsigned sleep(unsigned Seconds);

[[clang::annotate("nettune::handler")]] void onRead() {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' sleeps on the event loop; use a timer of the loop [nettune-thread-per-connection]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: guide: {{.*}}PERFORMANCE_TUNING.{{.*}}#thread-oversubscription
}
