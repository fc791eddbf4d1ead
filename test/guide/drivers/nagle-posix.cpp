// Head and body leave in one write: one segment; the result counts both.
// mutant: return writev(fd, parts.data(), static_cast<int>(parts.size())); => return writev(fd, parts.data(), 1) + writev(fd, parts.data() + 1, 1);
// mutant: {const_cast<char *>(body.data()), body.size()} => {const_cast<char *>(head.data()), head.size()}
#include "driving.h"

#include GUIDE_BLOCK

int main() {
  tcp_pair tcp = tcp_connection();
  for (const std::string body : {"first", "second"}) {
    const unsigned before = segments_sent(tcp.ours);
    expect(send_request(tcp.ours, "head ", body) == static_cast<ssize_t>(5 + body.size()), "the result counts both parts");
    expect(segments_sent(tcp.ours) - before == 1, "one segment for both");
    expect(hear(tcp.peer, 5 + body.size()) == "head " + body, "the head comes before the body");
  }
}
