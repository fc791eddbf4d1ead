// asio::write goes on after a part was taken; its error is the result.
// mutant: asio::write(socket, asio::buffer(text), error); => socket.write_some(asio::buffer(text), error);
// mutant: return !error; => return true;
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  asio::io_context io;
  tcp_pair tcp = tcp_connection();
  asio::ip::tcp::socket socket(io, asio::ip::tcp::v4(), tcp.ours.release());
  const timeval limit{0, 100000}; // a send that waits this long has sent a part
  setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const std::string text = long_text(std::size_t{32} << 20);
  std::string heard;
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    heard = hear(tcp.peer, text.size(), 2);
  });
  expect(say(socket, text), "the text is sent");
  reader.join();
  expect(heard == text, "all of it comes");
  tcp.peer.close();
  expect(eventually([&] { return !say(socket, "lost"); }), "a peer that has gone is an error");
}
