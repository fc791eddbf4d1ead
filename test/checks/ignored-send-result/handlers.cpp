// RUN: %nettune_check %s nettune-ignored-send-result
//
// Completion handlers that do not look at their error.

#include <asio.hpp>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <boost/bind/bind.hpp>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

using asio::ip::tcp;

class session : public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, asio::io_context &io)
      : socket_(std::move(socket)), strand_(io.get_executor()) {}

  void lambdas() {
    auto self = shared_from_this();
    asio::async_write(socket_, asio::buffer(text_), [self](const std::error_code & /*error*/, std::size_t) {});
// CHECK-MESSAGES: :[[@LINE-1]]:93: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
// CHECK-NOTES: :[[@LINE-2]]:5: note: given to 'asio::async_write' here
// CHECK-NOTES: :[[@LINE-3]]:93: note: guide: docs/PERFORMANCE_TUNING.md#ignored-send-result
    asio::async_write(socket_, asio::buffer(text_), [self](std::error_code error, std::size_t) { self->next(); });
// CHECK-MESSAGES: :[[@LINE-1]]:76: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
    asio::async_write(socket_, asio::buffer(text_), [self](auto...) { self->next(); });
// CHECK-MESSAGES: :[[@LINE-1]]:67: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
    asio::async_write(socket_, asio::buffer(text_), [self](auto &&, auto count) { self->sent_ += count; });
// CHECK-MESSAGES: :[[@LINE-1]]:67: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
    asio::async_write(socket_, asio::buffer(text_), [self](std::error_code error, std::size_t count) {
// CHECK-MESSAGES: :[[@LINE-1]]:76: warning: the handler given to 'asio::async_write' only logs its error; a broken connection is reported only through it [nettune-ignored-send-result]
      std::cout << count << " bytes sent: " << error.message() << '\n';
      self->next();
    });
    auto done = [](std::error_code, std::size_t) {};
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
    asio::async_write(socket_, asio::buffer(text_), done);
    asio::async_write(socket_, asio::buffer(text_), asio::bind_executor(strand_, [self](std::error_code, std::size_t) {}));
// CHECK-MESSAGES: :[[@LINE-1]]:104: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
    socket_.async_send(asio::buffer(text_), [self](std::error_code, std::size_t count) { self->sent_ += count; });
// CHECK-MESSAGES: :[[@LINE-1]]:67: warning: the handler given to 'asio::basic_stream_socket::async_send' ignores its error; what a short write leaves is lost [nettune-ignored-send-result]
  }

  void binds() {
    using namespace std::placeholders;
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::on_write, shared_from_this(), _1, _2));
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::on_write, this, _1, _2));
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::next, shared_from_this()));
// CHECK-MESSAGES: :[[@LINE-1]]:53: warning: the handler given to 'asio::async_write' never gets the error; bind its placeholder [nettune-ignored-send-result]
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::on_count, shared_from_this(), _2));
// CHECK-MESSAGES: :[[@LINE-1]]:53: warning: the handler given to 'asio::async_write' never gets the error; bind its placeholder [nettune-ignored-send-result]
    asio::async_write(socket_, asio::buffer(text_), std::bind_front(&session::on_front, shared_from_this(), true));
    std::error_code error;
    asio::async_write(socket_, asio::buffer(text_), std::bind(&session::on_checked, this, error, _2));
// CHECK-MESSAGES: :[[@LINE-1]]:53: warning: 'error' is bound in place of the error of 'asio::async_write'; bind the placeholder [nettune-ignored-send-result]
  }

  // What is passed on is looked at where it arrives.
  void trampoline() {
    asio::async_write(socket_, asio::buffer(text_), [self = shared_from_this()](std::error_code error, std::size_t count) {
      self->arrived(error, count);
    });
  }

private:
  void on_write(const std::error_code & /*error*/, std::size_t count) { sent_ += count; }
// CHECK-MESSAGES: :[[@LINE-1]]:50: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
  void on_count(std::size_t count) { sent_ += count; }
  void on_front(bool keep, std::error_code, std::size_t) { keep_ = keep; }
// CHECK-MESSAGES: :[[@LINE-1]]:43: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
  void on_checked(const std::error_code &error, std::size_t) {
    if (!error)
      next();
  }
  void arrived(std::error_code, std::size_t count) { sent_ += count; }
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the handler given to 'asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
  void next();

  tcp::socket socket_;
  asio::strand<asio::io_context::executor_type> strand_;
  std::string text_;
  std::size_t sent_ = 0;
  bool keep_ = false;
};

static void on_written(const boost::system::error_code &, std::size_t) {}
// CHECK-MESSAGES: :[[@LINE-1]]:57: warning: the handler given to 'boost::asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]

class boost_session : public std::enable_shared_from_this<boost_session> {
  void write() {
    boost::asio::async_write(socket_, boost::asio::buffer(text_), &on_written);
    boost::asio::async_write(socket_, boost::asio::buffer(text_),
                             boost::bind(&boost_session::on_write, shared_from_this()));
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the handler given to 'boost::asio::async_write' never gets the error; bind its placeholder [nettune-ignored-send-result]
    boost::asio::async_write(socket_, boost::asio::buffer(text_),
                             boost::bind(&boost_session::on_error, shared_from_this(), boost::asio::placeholders::error));
    boost::beast::http::async_write(
        socket_, response_, boost::beast::bind_front_handler(&boost_session::on_answer, shared_from_this(), false));
  }
  void on_write();
  void on_error(const boost::system::error_code &error) {}
// CHECK-MESSAGES: :[[@LINE-1]]:50: warning: the handler given to 'boost::asio::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]
  void on_answer(bool keep_alive, boost::beast::error_code, std::size_t) { keep_alive_ = keep_alive; }
// CHECK-MESSAGES: :[[@LINE-1]]:59: warning: the handler given to 'boost::beast::http::async_write' ignores its error; a broken connection is reported only through it [nettune-ignored-send-result]

  boost::asio::ip::tcp::socket socket_;
  boost::beast::http::response<boost::beast::http::string_body> response_;
  std::string text_;
  bool keep_alive_;
};
