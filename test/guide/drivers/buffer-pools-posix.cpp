// All connections are read into the loop's buffer, and handled there; without data nothing waits.
// mutant: handle(buffer.data(), => handle(std::vector<char>(buffer).data(),
// mutant: size > 0 && => true &&
#include "driving.h"

#include GUIDE_BLOCK

static std::vector<char> buffer(262144);
static int handled;
bool handle(const char *bytes, std::size_t size) {
  expect(bytes == buffer.data(), "the bytes are handled where they were read");
  ++handled;
  return std::string(bytes, size) != "bad";
}

int main() {
  tcp_pair one = tcp_connection(), other = tcp_connection();
  expect(!serve(one.ours, buffer), "nothing has come, and nobody waits");
  expect(handled == 0, "nothing is handled then");
  for (tcp_pair *tcp : {&one, &other, &one}) {
    tell(tcp->peer, "hello");
    char first;
    expect(recv(tcp->ours, &first, 1, MSG_PEEK) == 1, "it has come");
    allocations(1);
    expect(serve(tcp->ours, buffer), "it is served");
    expect(allocations(65536) == 0, "no buffer is allocated");
  }
  tell(one.peer, "bad");
  expect(eventually([&] { return handled == 4 || (serve(one.ours, buffer), handled == 4); }), "it is handled");
  one.peer.close();
  expect(!serve(one.ours, buffer) && handled == 4, "the end of the stream is the result");
}
