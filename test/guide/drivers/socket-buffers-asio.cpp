// Nothing waits for an acknowledgement, and the kernel goes on to adapt the buffers.
// mutant: socket.set_option(asio::ip::tcp::no_delay(true)); => (void)socket;
// mutant: socket.set_option(asio::ip::tcp::no_delay(true)); => socket.set_option(asio::ip::tcp::no_delay(true)); socket.set_option(asio::socket_base::receive_buffer_size(262144));
// mutant: socket.set_option(asio::ip::tcp::no_delay(true)); => socket.set_option(asio::ip::tcp::no_delay(true)); socket.set_option(asio::socket_base::send_buffer_size(65536));
#include "driving_asio.h"

#include GUIDE_BLOCK

int main() {
  asio::io_context io;
  tcp_pair tcp = tcp_connection();
  asio::ip::tcp::socket socket(io, asio::ip::tcp::v4(), tcp.ours.release());
  const int fd = socket.native_handle();
  const int receive = socket_option(fd, SOL_SOCKET, SO_RCVBUF), send = socket_option(fd, SOL_SOCKET, SO_SNDBUF);
  prepare(socket);
  expect(socket_option(fd, IPPROTO_TCP, TCP_NODELAY) == 1, "TCP_NODELAY is set");
  expect(socket_option(fd, SOL_SOCKET, SO_RCVBUF) == receive, "the receive buffer is the kernel's");
  expect(socket_option(fd, SOL_SOCKET, SO_SNDBUF) == send, "the send buffer is the kernel's");
}
