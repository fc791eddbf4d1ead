// The bytes are looked at where they are: nothing is allocated, and nothing waited for.
// mutant: execute({buffer, static_cast<std::size_t>(size)}); => execute(std::string(buffer, static_cast<std::size_t>(size)));
// mutant: command.substr(0, 4) == "PING" => command == "PING"
#include "driving.h"

#include GUIDE_BLOCK

int main() {
  tcp_pair tcp = tcp_connection();
  on_readable(tcp.ours); // nothing has come: it must not wait
  const std::string ping = "PING " + long_text(1000), pong = "PONG " + long_text(1000);
  for (const std::string &text : {ping, pong, ping}) {
    tell(tcp.peer, text);
    char first;
    expect(recv(tcp.ours, &first, 1, MSG_PEEK) == 1, "the text has come");
    allocations(1);
    on_readable(tcp.ours);
    expect(allocations(1) == 0, "nothing is allocated");
  }
  expect(pings == 2, "both PINGs count, the PONG does not");
}
