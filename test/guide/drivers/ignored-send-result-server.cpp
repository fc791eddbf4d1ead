// A refused message is sent again: all arrive, once and in order; the end of the connection ends the loop.
// mutant: while (sent.error() == messaging::error_code::would_block) { => while (false) {
// mutant: if (!sent) => if (false)
#include "driving_server.h"

#include GUIDE_BLOCK

int main() {
  constexpr std::size_t count = 300, bytes = 20000;
  collector server;
  messaging::messaging_client client("publisher");
  client.set_max_pending_messages(4);
  expect(static_cast<bool>(client.connect("localhost", server.port())), "the client connects");
  std::vector<messaging::payload> messages;
  for (std::size_t i = 0; i < count; ++i)
    messages.push_back(numbered(i, bytes));
  server.hold = true;
  std::thread opens([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300)); // until the queue is full
    server.hold = false;
  });
  expect(static_cast<bool>(publish(client, messages)), "all messages are taken");
  opens.join();
  expect(eventually([&] { return server.count() == count; }), "all messages arrive");
  const auto received = server.received();
  for (std::size_t i = 0; i < count; ++i)
    expect(received[i] == numbered(i, bytes), "message " + std::to_string(i) + " arrives whole, in its place");
  server.stop();
  std::vector<messaging::payload> late(count, numbered(0, bytes));
  expect(publish(client, late).error() == messaging::error_code::closed, "the end of the connection is the result");
}
