// Up to a limit it keeps what is refused, and sends it in order when there is room; beyond, it says no.
// mutant: client_.send(std::move(waiting_.front()))) => (client_.send(std::move(waiting_.front())), true))
// mutant: if (waiting_.size() == limit) => if (false)
// mutant: client_.set_writable_handler([this] { => [[maybe_unused]] auto never = ([this] {
#include "driving_server.h"

#include <deque>

#include GUIDE_BLOCK

int main() {
  constexpr std::size_t bytes = 20000, most = 3000;
  collector server;
  messaging::messaging_client client("publisher");
  client.set_max_pending_messages(4);
  publisher out(client);
  expect(static_cast<bool>(client.connect("localhost", server.port())), "the client connects");
  server.hold = true;
  std::size_t taken = 0;
  while (taken < most && out.publish(numbered(taken, bytes)))
    ++taken;
  expect(taken >= 1000 && taken < most, "while nobody reads it takes a thousand, and not all");
  server.hold = false;
  expect(eventually([&] { return server.count() == taken; }), "all that was taken arrives");
  expect(out.publish(numbered(taken, bytes)), "there is room again");
  expect(eventually([&] { return server.count() == taken + 1; }), "and the next one arrives");
  const auto received = server.received();
  for (std::size_t i = 0; i <= taken; ++i)
    expect(received[i] == numbered(i, bytes), "message " + std::to_string(i) + " arrives whole, in its place");
  client.disconnect();
  server.stop();
}
