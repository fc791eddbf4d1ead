// What came with the line stays for the next call, so that one read brings several lines.
// mutant: rest.erase(0, end + 1); => rest.clear();
// mutant: std::array<char, 4096> buffer; => std::array<char, 1> buffer;
#include "driving.h"

#include <array>

static int reads;
static ssize_t counted_recv(int fd, void *into, std::size_t size, int flags) { return ++reads, recv(fd, into, size, flags); }

#define recv counted_recv
#include GUIDE_BLOCK
#undef recv

int main() {
  tcp_pair tcp = tcp_connection();
  std::string rest, line;
  tell(tcp.peer, "one\ntwo\nthr");
  expect(read_line(tcp.ours, rest, line) && line == "one", "the first line");
  expect(read_line(tcp.ours, rest, line) && line == "two", "the second line");
  expect(reads == 1, "one read for both");
  tell(tcp.peer, "ee\n\n");
  expect(read_line(tcp.ours, rest, line) && line == "three", "a line in two parts");
  expect(read_line(tcp.ours, rest, line) && line.empty(), "an empty line");
  expect(reads == 2, "one more read for both");
  tell(tcp.peer, "unfinished");
  tcp.peer.close();
  expect(!read_line(tcp.ours, rest, line), "the end of the stream");
}
