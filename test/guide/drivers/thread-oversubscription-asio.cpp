// As many threads as cores run handlers at the same time, no more; one where the number is not known. run() returns when the work is done.
// mutant: i < count => i < 2 * count
// mutant: i < count => i < count / 2
// mutant: std::max(1u, => std::max(0u,
#include "driving_asio.h"

static unsigned cores;
unsigned std::thread::hardware_concurrency() noexcept { return cores; } // in place of the library's

#include GUIDE_BLOCK

int main() {
  for (cores = 0; cores < 4; ++cores) {
    const unsigned wanted = std::max(1u, cores);
    const std::size_t before = threads_now();
    asio::io_context io;
    std::atomic<unsigned> together = 0;
    std::atomic<std::size_t> threads = 0;
    for (unsigned i = 0; i < wanted; ++i) // each waits until all run
      asio::post(io, [&] {
        ++together;
        expect(eventually([&] { return together == wanted; }), "as many handlers as cores run at the same time");
        threads = threads_now() - before;
      });
    run(io);
    expect(together == wanted, "run() returns when the work is done");
    expect(threads == wanted, "no more threads than cores");
  }
}
