// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// What no model knows is said in the code: nettune's annotations and clang's
// effect attributes, each with the near miss beside it.

#include <asio.hpp>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;

[[clang::annotate("nettune::handler")]] void on_frame(int fd) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'on_frame'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_audio() noexcept [[clang::nonblocking]] {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'on_audio'; {{.*}} [nettune-blocking-call-in-handler]
}
namespace store {
[[clang::annotate("nettune::may_block")]] void commit(int row);
void flush() [[clang::blocking]];
} // namespace store
[[clang::annotate("nettune::handler")]] void on_commit(int row) {
  store::commit(row);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'store::commit' blocks the event loop: called from handler 'on_commit'; hand it to a worker pool [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-3]]:46: note: 'on_commit' runs on the event loop: it is annotated 'nettune::handler'
// CHECK-NOTES: :[[@LINE-3]]:3: note: 'store::commit' is annotated as blocking
// CHECK-NOTES: :[[@LINE-4]]:3: note: guide: {{.*}}#blocking-call-in-handler
}
[[clang::annotate("nettune::handler")]] void on_flush() {
  store::flush();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'store::flush' blocks the event loop: called from handler 'on_flush'; {{.*}} [nettune-blocking-call-in-handler]
}

// A member, annotated where it is declared only.
class relay {
public:
  [[clang::annotate("nettune::handler")]] void on_packet(int size);
  void on_unannotated(int size);
};
void relay::on_packet(int size) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'relay::on_packet'; {{.*}} [nettune-blocking-call-in-handler]
}
void relay::on_unannotated(int) { std::this_thread::sleep_for(1s); }

// The spread stops: run elsewhere, or trusted.
[[clang::annotate("nettune::worker")]] void run_on_disk_thread(void (*work)());
[[clang::annotate("nettune::worker")]] static void write_snapshot() {
  std::this_thread::sleep_for(1s);
}
[[clang::annotate("nettune::nonblocking")]] static void wait_for_ready_result() {
  std::this_thread::sleep_for(1s);
}
static void sync_disk() { std::this_thread::sleep_for(1s); }
[[clang::annotate("nettune::handler")]] void on_tick() {
  write_snapshot();
  wait_for_ready_result();
  run_on_disk_thread(&sync_disk);
  run_on_disk_thread([] { std::this_thread::sleep_for(1s); });
}
// The annotation outweighs the registration.
void posted_worker(asio::io_context &io) { asio::post(io, &write_snapshot); }

// Annotations on other things and of other tools say nothing.
[[clang::annotate("other::handler")]] void on_other() { std::this_thread::sleep_for(1s); }
[[clang::annotate("nettune::handlers")]] void on_typo() { std::this_thread::sleep_for(1s); }

// An annotated override is a root; calling it through the base as well.
struct plugin {
  virtual ~plugin() = default;
  virtual void on_event() = 0;
};
struct audit final : plugin {
  [[clang::annotate("nettune::handler")]] void on_event() override {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'audit::on_event'; {{.*}} [nettune-blocking-call-in-handler]
  }
};

// A lambda can be annotated too.
auto make_listener() {
  return []() __attribute__((annotate("nettune::handler"))) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler {{.*}}; {{.*}} [nettune-blocking-call-in-handler]
  };
}
