// The accept queue is as long as the system allows.
// mutant: acceptor.listen(); => acceptor.listen(5);
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor(io);
  open(acceptor, {asio::ip::address_v4::loopback(), 0});
  expect(longest_backlog() > 128, "the system allows a long one");
  expect(backlog_of(acceptor.native_handle()) == longest_backlog(), "the queue is as long as the system allows");
  const descriptor peer = connected(acceptor.local_endpoint().port());
  expect(acceptor.accept().is_open(), "it accepts");
}
