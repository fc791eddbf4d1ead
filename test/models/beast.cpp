// MODEL: beast
// PACKAGES: libboost1.81-dev libssl-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/beast.json names, against the real headers.

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
namespace net = boost::asio;
using net::ip::tcp;

static auto done = [](auto &&...) {};

void messages(beast::tcp_stream &s, beast::flat_buffer &b, http::request<http::string_body> &request,
              http::request_parser<http::string_body> &parser, http::request_serializer<http::string_body> &serializer,
              http::message_generator &generator) {
  http::async_read(s, b, request, done);
  http::async_read_header(s, b, parser, done);
  http::async_read_some(s, b, parser, done);
  http::async_write(s, request, done);
  http::async_write_header(s, serializer, done);
  http::async_write_some(s, serializer, done);
  beast::async_write(s, std::move(generator), done);
  http::read(s, b, request);
  http::read_header(s, b, parser);
  http::read_some(s, b, parser);
  http::write(s, request);
  http::write_header(s, serializer);
  http::write_some(s, serializer);
  beast::write(s, std::move(generator));
}

void webSocket(websocket::stream<beast::tcp_stream> &ws, beast::flat_buffer &b, net::mutable_buffer data) {
  ws.async_accept(done);
  ws.async_close(websocket::close_code::normal, done);
  ws.async_handshake("example.org", "/", done);
  ws.async_ping({}, done);
  ws.async_pong({}, done);
  ws.async_read(b, done);
  ws.async_read_some(data, done);
  ws.async_write(data, done);
  ws.async_write_some(true, data, done);
  ws.control_callback([](websocket::frame_type, beast::string_view) {});
  ws.set_option(websocket::stream_base::decorator([](websocket::response_type &) {}));
  ws.accept();
  ws.close(websocket::close_code::normal);
  ws.handshake("example.org", "/");
  ws.ping({});
  ws.pong({});
  ws.read(b);
  ws.read_some(data);
  ws.write(data);
  ws.write_some(true, data);
}

template <typename Stream> void readAndWrite(Stream &s, net::mutable_buffer data) {
  s.async_read_some(data, done);
  s.async_write_some(data, done);
  s.read_some(data);
  s.write_some(data);
}
template void readAndWrite(beast::tcp_stream &, net::mutable_buffer);
template void readAndWrite(beast::ssl_stream<beast::tcp_stream> &, net::mutable_buffer);
template void readAndWrite(beast::flat_stream<tcp::socket> &, net::mutable_buffer);
template void readAndWrite(beast::buffered_read_stream<tcp::socket, beast::flat_buffer> &, net::mutable_buffer);

void streams(beast::tcp_stream &s, beast::ssl_stream<tcp::socket> &secure, tcp::socket &socket, beast::flat_buffer &b,
             const tcp::endpoint &to) {
  beast::error_code error;
  s.async_connect(to, done);
  s.connect(to);
  secure.async_handshake(net::ssl::stream_base::server, done);
  secure.async_shutdown(done);
  secure.handshake(net::ssl::stream_base::server);
  secure.shutdown();
  beast::async_detect_ssl(s, b, done);
  beast::detect_ssl(socket, b, error);
  // Unqualified: both overloads are meant to be found by their stream argument.
  async_teardown(beast::role_type::server, secure, done);
  teardown(beast::role_type::server, secure, error);
  websocket::async_teardown(beast::role_type::server, socket, done);
  websocket::teardown(beast::role_type::server, socket, error);
}

void settings(websocket::stream<beast::tcp_stream> &ws, http::request_parser<http::string_body> &parser) {
  ws.read_message_max(65536);
  ws.write_buffer_bytes(16384);
  parser.body_limit(65536);
  websocket::stream_base::timeout times;
  times.handshake_timeout = std::chrono::seconds(5);
  times.idle_timeout = std::chrono::seconds(60);
  ws.set_option(times);
}

struct Session {
  void onRead(beast::error_code, std::size_t);
};

void adapters(Session *session, beast::saved_handler &saved) {
  beast::bind_front_handler(&Session::onRead, session);
  (void)beast::bind_handler(done, 1);
  saved.emplace([](auto &&...) {}, std::allocator<void>());
}

template <typename File> void fileBody(File &file, char *data) {
  beast::error_code error;
  file.open("file", beast::file_mode::read, error);
  file.read(data, 1, error);
  file.write(data, 1, error);
}
template void fileBody(beast::file_posix &, char *);
template void fileBody(beast::file_stdio &, char *);

void fileBody(http::response<http::file_body> &response) {
  beast::error_code error;
  response.body().open("file", beast::file_mode::scan, error);
}
