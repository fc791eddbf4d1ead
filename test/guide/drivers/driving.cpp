// What driving.h declares; here, since the headers of the kernel and of the C library disagree.
#include "driving.h"

#include <linux/tcp.h>
#include <sched.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>

namespace driving {

std::size_t threads_now() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator("/proc/self/task"))
    ++count;
  return count;
}

static cpu_set_t mask() {
  cpu_set_t now;
  expect(sched_getaffinity(0, sizeof now, &now) == 0, "sched_getaffinity works");
  return now;
}

std::size_t processors() {
  const cpu_set_t now = mask();
  return static_cast<std::size_t>(CPU_COUNT(&now));
}

void use_processors(std::size_t count) {
  const cpu_set_t now = mask();
  cpu_set_t fewer;
  CPU_ZERO(&fewer);
  for (int cpu = 0; cpu < CPU_SETSIZE && static_cast<std::size_t>(CPU_COUNT(&fewer)) < count; ++cpu)
    if (CPU_ISSET(cpu, &now))
      CPU_SET(cpu, &fewer);
  expect(sched_setaffinity(0, sizeof fewer, &fewer) == 0, "sched_setaffinity works");
}

static tcp_info info(int fd) {
  tcp_info all{};
  socklen_t size = sizeof all;
  expect(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &all, &size) == 0, "TCP_INFO is there");
  return all;
}

unsigned segments_sent(int fd) { return info(fd).tcpi_data_segs_out; }
unsigned backlog_of(int listener) { return info(listener).tcpi_sacked; }

unsigned longest_backlog() {
  std::ifstream file("/proc/sys/net/core/somaxconn");
  unsigned most = 0;
  expect(static_cast<bool>(file >> most), "net.core.somaxconn can be read");
  return std::min<unsigned>(most, SOMAXCONN);
}

int socket_option(int fd, int level, int option) {
  int value = 0;
  socklen_t size = sizeof value;
  expect(getsockopt(fd, level, option, &value, &size) == 0, "getsockopt works");
  return value;
}

// By powers of two: what is larger counts for the smaller ones as well.
static std::atomic<std::size_t> counts[64];

std::size_t allocations(std::size_t bytes) {
  std::size_t sum = 0;
  for (std::size_t power = 0; power < 64; ++power) {
    const std::size_t many = counts[power].exchange(0);
    if ((std::size_t{1} << power) >= bytes)
      sum += many;
  }
  return sum;
}

} // namespace driving

void *operator new(std::size_t size) {
  std::size_t power = 0; // the greatest one that is not above the size
  while (power < 63 && (std::size_t{2} << power) <= size)
    ++power;
  ++driving::counts[power];
  if (void *memory = std::malloc(size ? size : 1))
    return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
