// RUN: %nettune_check %s nettune-short-write
//
// Where the fix is not offered: on a loop the whole write would wait for the
// peer, and a template's other instantiation may be no stream of Asio's.

#include <asio.hpp>
#include <string>

using asio::ip::tcp;

void on_loop(asio::io_context &io, tcp::socket &socket, const std::string &text) {
  asio::post(io, [&] {
    socket.write_some(asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: socket.write_some(asio::buffer(text));
  });
}
template <typename Socket> void generic(Socket &socket, const std::string &text) {
  socket.write_some(asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: socket.write_some(asio::buffer(text));
}
void instantiate(tcp::socket &socket) { generic(socket, "text"); }

#define SAY(socket, text) socket.write_some(asio::buffer(text))
tcp::socket &current();
void elsewhere(tcp::socket &socket, const std::string &text) {
  current().write_some(asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: current().write_some(asio::buffer(text));
  SAY(socket, text);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: SAY(socket, text);
  socket.write_some(asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::basic_stream_socket::write_some' can take a part only, and its count is not used; use 'asio::write' [nettune-short-write]
// CHECK-FIXES: asio::write(socket, asio::buffer(text));
}
