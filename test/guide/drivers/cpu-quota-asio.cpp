// A thread for each processor that the process may use. The pool is made before main(): the driver runs itself again, on one.
// mutant: messaging::usable_cpus() => 4
// mutant: messaging::usable_cpus() => messaging::usable_cpus() + 1
#include "driving_asio.h"

#include GUIDE_BLOCK

int main(int count, char **arguments) {
  const std::size_t pool = threads_now() - 1;
  if (count > 1) {
    expect(processors() == 1 && pool == 1, "one thread where there is one processor");
    return 0;
  }
  expect(pool >= 1 && pool <= processors(), "no more threads than processors");
  std::promise<void> ran;
  asio::post(loops, [&] { ran.set_value(); });
  ran.get_future().wait();
  use_processors(1);
  execl("/proc/self/exe", arguments[0], "one", nullptr);
  return 1;
}
