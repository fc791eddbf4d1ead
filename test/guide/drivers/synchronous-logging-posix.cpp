// A thread of its own writes: the loop serves on while the disk is slow, and no line is lost below the limit.
// mutant: std::swap(lines, lines_); => std::swap(lines, lines_); std::fwrite(lines.data(), 1, lines.size(), file); std::fflush(file); lines.clear();
// mutant: lines_ += line; => lines_ = line;
#include "driving.h"

#include <atomic>
#include <vector>

#include GUIDE_BLOCK

static std::atomic<std::size_t> served = 0;
void serve(int fd) {
  char byte;
  if (recv(fd, &byte, 1, MSG_DONTWAIT) == 1)
    ++served;
}

int main() {
  constexpr std::size_t events = 20000; // of 10 bytes a line: more than the pipe takes
  int ends[2];
  expect(pipe(ends) == 0, "the log is a pipe, which takes 64 KB");
  static log_lines log;
  std::thread([file = fdopen(ends[1], "w")] { log.write_all(file); }).detach();
  descriptor loop(epoll_create1(0));
  tcp_pair tcp = tcp_connection();
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.fd = tcp.ours;
  expect(epoll_ctl(loop, EPOLL_CTL_ADD, tcp.ours, &wanted) == 0, "epoll_ctl works");
  std::thread([&loop] { run(loop, log); }).detach();
  tell(tcp.peer, std::string(events, '.'));
  expect(eventually([] { return served == events; }), "the loop serves all, while nobody reads the log");
  const std::string line = "served " + std::to_string(static_cast<int>(tcp.ours)) + "\n";
  std::string text;
  char buffer[65536];
  while (text.size() < events * line.size()) {
    const ssize_t size = read(ends[0], buffer, sizeof buffer);
    expect(size > 0, "the log goes on");
    text.append(buffer, static_cast<std::size_t>(size));
  }
  for (std::size_t i = 0; i < events; ++i)
    expect(text.compare(i * line.size(), line.size(), line) == 0, "each line is there, whole");
  std::_Exit(0); // both threads go on for ever
}
