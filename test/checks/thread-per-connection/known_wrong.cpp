// RUN: %nettune_check %s nettune-thread-per-connection

#include <asio.hpp>
#include <memory>
#include <sys/socket.h>
#include <thread>

void serve(int fd);

// The library's function makes the thread.
void fn_make_unique(int listener) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    std::make_unique<std::thread>(serve, fd)->detach();
  }
}

// A signal comes once, then the program ends.
void fp_runs_once(asio::io_context &io) {
  asio::post(io, [] {
    std::thread shutdown([] {});
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::thread' makes a thread each time the handler given to 'asio::post' runs; hand the work to a bounded pool [nettune-thread-per-connection]
    shutdown.join();
  });
}
