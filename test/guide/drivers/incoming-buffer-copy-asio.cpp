// One copy that all peers share; QUIT ends the reading.
// mutant: [peer, shared] { peer->on_text(*shared); } => [peer, text = *shared] { peer->on_text(text); }
// mutant: if (text.starts_with("QUIT")) => if (text == "QUIT")
#include "driving_asio.h"

#include <string_view>

#define private public // what the block counts is its own
#include GUIDE_BLOCK
#undef private

int main() {
  constexpr std::size_t peers = 8, bytes = 9000; // less than the read buffer
  event_loop loop;
  tcp_pair tcp = tcp_connection();
  auto speaker = std::make_shared<session>(loop.adopt(tcp.ours));
  std::vector<std::shared_ptr<session>> listeners;
  for (std::size_t i = 0; i < peers; ++i) {
    listeners.push_back(std::make_shared<session>(asio::ip::tcp::socket(loop.io)));
    speaker->add_peer(listeners.back());
  }
  std::weak_ptr<session> alive = speaker;
  loop.run([&] { std::exchange(speaker, nullptr)->read(); });
  const std::string text = long_text(bytes);
  allocations(1);
  tell(tcp.peer, text);
  const auto all_have = [&](std::size_t wanted) {
    bool all = true;
    loop.run([&] {
      for (const auto &listener : listeners)
        all &= listener->received_ == wanted;
    });
    return all;
  };
  expect(eventually([&] { return all_have(bytes); }), "each peer gets the text");
  expect(allocations(8192) == 1, "all peers share one copy");
  tell(tcp.peer, "QUIT now");
  expect(eventually([&] { return alive.expired(); }), "QUIT ends the session");
  expect(all_have(bytes), "QUIT goes to nobody");
}
