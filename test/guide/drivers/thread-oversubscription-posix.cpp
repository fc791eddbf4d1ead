// A fixed number of threads serve; who comes when all are busy waits in the kernel's queue, and is served then.
// mutant: i < threads => i < threads + 2
// mutant: if (fd >= 0) => if (fd >= 0 && fd % 2)
#include "driving.h"

#include <atomic>

#include GUIDE_BLOCK

static std::atomic<int> now = 0, most = 0, served = 0;
static std::atomic<bool> hold = true;

void serve(int fd) {
  const int here = ++now;
  for (int old = most; here > old && !most.compare_exchange_weak(old, here);)
    ;
  while (hold)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  --now;
  close(fd);
  ++served;
}

int main() {
  constexpr int clients = 6;
  const std::size_t before = threads_now();
  descriptor listener = bound();
  expect(listen(listener, clients) == 0, "listen works");
  std::thread([&listener] { run(listener, 2); }).detach();
  std::vector<descriptor> peers;
  for (int i = 0; i < clients; ++i)
    peers.push_back(connected(port_of(listener)));
  expect(eventually([] { return now == 2; }), "two are served");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  expect(now == 2 && served == 0, "the others wait");
  expect(threads_now() - before == 3, "two threads serve, beside the one that runs them");
  hold = false;
  expect(eventually([] { return served == clients; }), "all are served in the end");
  expect(most == 2, "never more than two at a time");
  std::_Exit(0); // it serves for ever
}
