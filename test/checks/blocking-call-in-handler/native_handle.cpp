// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Asio makes the descriptor of a socket non-blocking with the first asynchronous
// operation: a raw call on what native_handle() gives does not wait, but one on
// another descriptor in the same program does.

#include <asio.hpp>
#include <sys/socket.h>

using asio::ip::tcp;

void hand_over(tcp::socket &socket, int plain) {
  socket.async_wait(tcp::socket::wait_write, [&socket, plain](std::error_code) {
    msghdr message = {};
    if (::sendmsg(socket.native_handle(), &message, 0) < 0)
      return;
    const int fd = socket.native_handle();
    ::recvmsg(fd, &message, 0);
    ::sendmsg(plain, &message, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sendmsg' may block the event loop: called from the handler given to 'asio::basic_socket::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Asking for the handle says nothing about Asio's own calls.
void synchronous(tcp::socket &socket, char (&data)[512]) {
  socket.async_wait(tcp::socket::wait_read, [&](std::error_code) {
    socket.native_handle();
    socket.read_some(asio::buffer(data));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::basic_stream_socket::read_some' may block the event loop: {{.*}} [nettune-blocking-call-in-handler]
  });
}
