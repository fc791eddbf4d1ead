// One core is left to the loop; where there is only one, or the number is not known, the pool has a thread all the same.
// mutant: std::thread::hardware_concurrency()) - 1 => std::thread::hardware_concurrency())
// mutant: std::max(2u, => std::max(3u,
// mutant: std::max(2u, => std::max(1u,
#include "driving_asio.h"

// In place of the library's. The pool is made before main(): the driver runs itself again for each number.
static unsigned cores() { return static_cast<unsigned>(std::atoi(std::getenv("CORES") ? std::getenv("CORES") : "0")); }
unsigned std::thread::hardware_concurrency() noexcept { return cores(); }

#include GUIDE_BLOCK

int main(int, char **arguments) {
  const std::size_t pool = threads_now() - 1;
  expect(pool == (cores() > 1 ? cores() - 1 : 1), std::to_string(pool) + " threads for " + std::to_string(cores()) + " cores");
  if (cores() == 4)
    return 0;
  setenv("CORES", std::to_string(cores() + 1).c_str(), 1);
  execl("/proc/self/exe", arguments[0], nullptr);
  return 1;
}
