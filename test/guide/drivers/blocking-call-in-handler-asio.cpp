// A timer pauses this session only: the loop is free meanwhile, and the peer is slowed down.
// mutant: pause_.expires_after(std::chrono::milliseconds(100)); => std::this_thread::sleep_for(std::chrono::milliseconds(100)); pause_.expires_after(std::chrono::milliseconds(0));
// mutant: std::chrono::milliseconds(100) => std::chrono::milliseconds(0)
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  using clock = std::chrono::steady_clock;
  constexpr auto pause = std::chrono::milliseconds(100);
  event_loop loop;
  tcp_pair tcp = tcp_connection();
  auto made = std::make_shared<session>(loop.adopt(tcp.ours));
  std::weak_ptr<session> alive = made;
  const auto started = clock::now();
  loop.run([&] { std::exchange(made, nullptr)->read(); });
  std::thread sender([peer = std::move(tcp.peer)]() mutable {
    tell(peer, long_text(std::size_t{4} << 20)); // it pauses after each megabyte
    peer.close();
  });
  int waited = 0;
  while (!alive.expired() && clock::now() - started < std::chrono::seconds(20)) {
    const auto asked = clock::now();
    expect(loop.is_free(), "the loop runs");
    waited += clock::now() - asked > pause * 8 / 10;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  sender.join();
  expect(alive.expired(), "the session ends with its peer");
  expect(clock::now() - started >= 3 * pause, "three pauses slow the sender down");
  expect(waited < 3, "the loop is free in the pauses");
}
