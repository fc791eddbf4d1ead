// What comes together while a write is under way leaves by the next one: few segments for many messages.
// mutant: std::swap(sending_, waiting_); => sending_.assign(1, waiting_.front()); waiting_.erase(waiting_.begin());
// mutant: if (sending_.empty()) => if (true)
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  constexpr int messages = 1000;
  event_loop loop;
  tcp_pair tcp = tcp_connection();
  const descriptor same(dup(tcp.ours));
  const int yes = 1; // what is written leaves at once: the kernel gathers nothing
  setsockopt(same, IPPROTO_TCP, 1 /* TCP_NODELAY */, &yes, sizeof yes);
  auto out = std::make_shared<sender>(loop.adopt(tcp.ours));
  std::string all;
  loop.run([&] {
    for (int i = 0; i < messages; ++i) {
      all += std::to_string(i) + "\n";
      out->send(std::to_string(i) + "\n");
    }
  });
  expect(hear(tcp.peer, all.size()) == all, "all messages come, in order");
  expect(segments_sent(same) < messages / 10, "by few writes");
  std::weak_ptr<sender> alive = out;
  loop.run([&] { out.reset(); });
  expect(eventually([&] { return alive.expired(); }), "it ends when nothing is being sent");
}
