// A thread for each processor of the mask, or fewer if the quota is less, rounded up.
// mutant: (quota + period - 1) / period => quota / period
// mutant: cpus = std::min(cpus, => cpus = (
// mutant: return std::max(1, cpus); => return cpus + 1;
// mutant: CPU_COUNT(&mask) : 1; => 8 : 1;
#include "driving.h"

#include <atomic>
#include <cstdio>

static const char *quota_file = "cpu.max"; // in place of the cgroup's
#define fopen(name, mode) fopen(quota_file, mode)
#include GUIDE_BLOCK
#undef fopen

static std::atomic<int> serving = 0;
void serve() { ++serving; }

static int threads_with(const std::string &quota) {
  std::FILE *file = std::fopen(quota_file, "w");
  std::fputs(quota.c_str(), file);
  std::fclose(file);
  std::vector<std::thread> threads;
  serving = 0;
  start(threads);
  for (std::thread &thread : threads)
    thread.join();
  expect(serving == static_cast<int>(threads.size()), "each thread serves");
  return serving;
}

int main() {
  const int all = static_cast<int>(processors());
  expect(threads_with("max 100000\n") == all, "no quota: the processors of the mask");
  expect(threads_with("") == all, "no such file of the cgroup's: the same");
  expect(threads_with("10000 100000\n") == 1, "a tenth of a processor is one thread");
  expect(threads_with("150000 100000\n") == std::min(all, 2), "one and a half are two");
  expect(threads_with("100000000 100000\n") == all, "a quota of more changes nothing");
  use_processors(1);
  expect(threads_with("150000 100000\n") == 1, "the mask is less than the quota");
}
