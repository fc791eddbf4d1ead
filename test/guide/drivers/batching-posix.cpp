// One write for all ticks; its failure is the result.
// mutant: return send_all(fd, together); => bool all = true; for (const std::string &tick : ticks) all &= send_all(fd, tick); return all;
// mutant: together += tick; => together = tick;
// mutant: return send_all(fd, together); => return send_all(fd, together) || true;
#include "driving.h"

#include GUIDE_BLOCK

static int writes;
bool send_all(int fd, std::string_view bytes) {
  ++writes;
  return send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

int main() {
  tcp_pair tcp = tcp_connection();
  expect(send_ticks(tcp.ours, {"one;", "two;", "three;"}), "the ticks are sent");
  expect(hear(tcp.peer, 14) == "one;two;three;", "all come, in order");
  expect(writes == 1, "by one write");
  expect(!send_ticks(-1, {"lost"}), "a failure is the result");
}
