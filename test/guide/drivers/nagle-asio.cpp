// The size and the body leave in one write: one segment.
// mutant: asio::write(socket, std::array{ => asio::write(socket, asio::buffer(size)); asio::write(socket, std::array{
// mutant: body.size()); => body.size() + 1);
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  asio::io_context io;
  tcp_pair tcp = tcp_connection();
  asio::ip::tcp::socket socket(io, asio::ip::tcp::v4(), tcp.ours.release());
  for (const std::string body : {"first", "second"}) {
    const unsigned before = segments_sent(socket.native_handle());
    send_request(socket, body);
    expect(segments_sent(socket.native_handle()) - before == 1, "one segment for the size and the body");
    const std::string size{'\0', '\0', '\0', static_cast<char>(body.size())};
    expect(hear(tcp.peer, 4 + body.size()) == size + body, "the size comes before the body");
  }
}
