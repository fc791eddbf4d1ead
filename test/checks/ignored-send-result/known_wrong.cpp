// RUN: %nettune_check %s nettune-ignored-send-result
//
// Wrong answers that are known and accepted: fp_ is reported though it should not
// be, fn_ is not reported though it should be.

#include <asio.hpp>
#include <cstdio>
#include <functional>
#include <string>
#include <sys/socket.h>

// Known false positives.

// The log's reader sends again by hand.
void fp_manual_tool(int fd, const std::string &text) {
  std::printf("%zd\n", send(fd, text.data(), text.size(), 0));
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: result of 'send' is only logged; what a short write leaves is lost [nettune-ignored-send-result]
}
// A descriptor of another function's making: that it is of a datagram socket stands elsewhere.
void fp_socket_of_unknown_kind(int fd, const char *data, std::size_t size) {
  send(fd, data, size, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: result of 'send' is ignored; what a short write leaves is lost [nettune-ignored-send-result]
}

// Known false negatives.

// The field is never read.
class fn_unread_field {
public:
  void say(const std::string &text) { last_ = send(fd_, text.data(), text.size(), 0); }

private:
  int fd_;
  ssize_t last_ = 0;
};
// The wrapper's own result is ignored.
ssize_t say(int fd, const std::string &text) { return send(fd, text.data(), text.size(), 0); }
void fn_wrapper(int fd) { say(fd, "hello"); }
// The handler comes through a std::function.
void fn_stored_handler(asio::ip::tcp::socket &socket, const std::string &text) {
  std::function<void(std::error_code, std::size_t)> done = [](std::error_code, std::size_t) {};
  asio::async_write(socket, asio::buffer(text), done);
}
// It is read by somebody who does nothing with it.
static void look_at(ssize_t) {}
void fn_reader_that_ignores(int fd, const std::string &text) { look_at(send(fd, text.data(), text.size(), 0)); }
