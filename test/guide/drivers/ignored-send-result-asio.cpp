// One write at a time, the rest in a queue with a limit; an error ends the session.
// mutant: if (waiting_.size() == 1) => if (true)
// mutant: if (waiting_.size() == limit) => if (false)
// mutant: socket_.close(); => waiting_.clear();
#include "driving_asio.h"

#define private public // what the block counts is its own
#include GUIDE_BLOCK
#undef private

int main() {
  event_loop loop;
  tcp_pair tcp = tcp_connection();
  auto made = std::make_shared<session>(loop.adopt(tcp.ours));
  const std::string text = long_text(20000);
  std::size_t taken = 0;
  for (bool more = true; more && taken < 5000;)
    loop.run([&] {
      more = made->send(std::to_string(10000 + taken) + text);
      taken += more;
    });
  expect(taken >= 1000 && taken < 5000, "while the peer does not read it takes a thousand, and not all");
  for (std::size_t i = 0; i < taken; ++i)
    expect(hear(tcp.peer, 5 + text.size()) == std::to_string(10000 + i) + text, "text " + std::to_string(i) + " comes whole, in its place");
  bool open = true;
  loop.run([&] { expect(made->send("again"), "there is room again"); });
  expect(hear(tcp.peer, 5) == "again", "and it comes");
  tcp.peer.close();
  expect(eventually([&] {
           loop.run([&] {
             open = made->socket_.is_open();
             if (open && made->waiting_.empty())
               made->send("lost");
           });
           return !open;
         }),
         "an error ends the session");
  loop.run([&] { made.reset(); });
}
