// It goes on until the frame is there, and takes no byte of the next one.
// mutant: asio::read(socket, asio::buffer(frame)); => socket.read_some(asio::buffer(frame));
// mutant: std::string frame(4096, '\0'); => std::string frame(4097, '\0');
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  asio::io_context io;
  tcp_pair tcp = tcp_connection();
  asio::ip::tcp::socket socket(io, asio::ip::tcp::v4(), tcp.ours.release());
  const std::string text = long_text(2 * 4096);
  std::thread sender([&] {
    tell(tcp.peer, text.substr(0, 1000));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    tell(tcp.peer, text.substr(1000));
    tcp.peer.close();
  });
  expect(read_frame(socket) == text.substr(0, 4096), "the first frame comes whole, from two parts");
  sender.join();
  expect(read_frame(socket) == text.substr(4096), "the second one is what follows");
  try {
    read_frame(socket);
    expect(false, "the end of the stream is an error");
  } catch (const std::system_error &error) {
    expect(error.code() == asio::error::eof, "the error is the end of the stream");
  }
}
