// What was not taken waits, and the loop asks for EPOLLOUT until it is gone; beyond the limit, and without a peer, it says no.
// mutant: waiting_.erase(0, static_cast<std::size_t>(sent)); => waiting_.clear();
// mutant: return watch(EPOLLIN); => return true;
// mutant: if (waiting_.size() + text.size() > limit) => if (false)
#include "driving.h"

#include GUIDE_BLOCK

static std::uint32_t events_of(int loop) {
  epoll_event event{};
  return epoll_wait(loop, &event, 1, 100) == 1 ? event.events : 0;
}

int main() {
  descriptor loop(epoll_create1(0));
  tcp_pair tcp = tcp_connection();
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  expect(epoll_ctl(loop, EPOLL_CTL_ADD, tcp.ours, &wanted) == 0, "epoll_ctl works");
  connection out(loop, tcp.ours);
  const std::string text = long_text(100000);
  std::size_t taken = 0;
  while (taken < 1000 && out.answer(text))
    ++taken;
  expect(taken >= 10 && taken < 1000, "while the peer does not read, a megabyte is taken and not all");
  expect(events_of(loop) == 0, "the socket is full");
  std::string heard;
  std::thread reader([&] { heard = hear(tcp.peer, taken * text.size()); });
  expect(eventually([&] { return events_of(loop) == EPOLLOUT; }), "the loop hears of room");
  while (events_of(loop) == EPOLLOUT)
    expect(out.flush(), "it goes on");
  reader.join();
  std::string all;
  for (std::size_t i = 0; i < taken; ++i)
    all += text;
  expect(heard == all, "all that was taken comes, in order");
  expect(events_of(loop) == 0, "with nothing to send, the loop does not ask for room");
  expect(out.answer("again") && hear(tcp.peer, 5) == "again", "there is room again");
  tcp.peer.close();
  expect(eventually([&] { return !out.answer("lost"); }), "a peer that has gone is an error");
}
