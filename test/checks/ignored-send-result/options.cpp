// RUN: %nettune_check %s nettune-ignored-send-result -config='{CheckOptions: {nettune.AllowCastToVoid: false}}' -check-suffix=STRICT
// RUN: %nettune_check %s nettune-ignored-send-result

#include <asio.hpp>
#include <string>
#include <sys/socket.h>

void cast_away(int fd, const std::string &text) {
  (void)send(fd, text.data(), text.size(), 0);
// CHECK-MESSAGES-STRICT: :[[@LINE-1]]:9: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
  std::ignore = send(fd, text.data(), text.size(), 0);
// CHECK-MESSAGES-STRICT: :[[@LINE-1]]:17: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
}
void detached(asio::ip::tcp::socket &socket, const std::string &text) {
  asio::async_write(socket, asio::buffer(text), asio::detached);
// CHECK-MESSAGES-STRICT: :[[@LINE-1]]:3: warning: result of 'asio::async_write' is ignored; a broken connection is reported only through it [nettune-ignored-send-result]
}
