// One buffer for all reads of a connection: reading allocates none.
// mutant: socket_.async_read_some( => buffer_ = std::vector<char>(262144); socket_.async_read_some(
// mutant: self->bytes_read_ += size; => self->bytes_read_ = size;
#include "driving_asio.h"

#define private public // what the block counts is its own
#include GUIDE_BLOCK
#undef private

int main() {
  event_loop loop;
  tcp_pair tcp = tcp_connection();
  auto made = std::make_shared<reader>(loop.adopt(tcp.ours));
  const auto read = [&] {
    std::uint64_t bytes = 0;
    loop.run([&] { bytes = made->bytes_read_; });
    return bytes;
  };
  const std::string text = long_text(100);
  allocations(1);
  loop.run([&] { made->read(); });
  for (std::uint64_t i = 1; i <= 50; ++i) {
    tell(tcp.peer, text);
    expect(eventually([&] { return read() == i * text.size(); }), "all bytes count");
  }
  expect(allocations(65536) == 0, "reading allocates no buffer");
  std::weak_ptr<reader> alive = made;
  loop.run([&] { made.reset(); });
  tcp.peer.close();
  expect(eventually([&] { return alive.expired(); }), "the end of the stream ends it");
}
