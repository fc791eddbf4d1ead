// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Where a posted callable runs, its executor says.

#include <asio.hpp>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

// An executor of the program's own: a thread for each callable.
class thread_executor {
public:
  template <typename F> void execute(F f) const { std::thread(std::move(f)).detach(); }
};
void own_executor() {
  asio::post(thread_executor(), [] { std::this_thread::sleep_for(1s); });
}
// No executor: the system's pool.
void no_executor() {
  asio::post([] { std::this_thread::sleep_for(1s); });
}
// Bound to the loop.
void bound() {
  asio::post(asio::bind_executor(io.get_executor(), [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }));
}
void on_a_strand() {
  auto strand = asio::make_strand(io);
  asio::dispatch(strand, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::dispatch'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
void of_a_socket(asio::ip::tcp::socket &socket) {
  asio::post(socket.get_executor(), [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
