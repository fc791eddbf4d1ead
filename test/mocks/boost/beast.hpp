//===- boost/beast.hpp - a small Boost.Beast for the tests ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_BOOST_BEAST_HPP
#define NETTUNE_TEST_MOCKS_BOOST_BEAST_HPP

#include "boost/asio.hpp"

namespace boost::beast {
namespace net = boost::asio;
using boost::system::error_code;

namespace detail {
template <class Handler, class... Args> class bind_front_wrapper {
public:
  template <class... Ts> void operator()(Ts &&...ts) { std::abort(); }
};
} // namespace detail
template <class Handler, class... Args>
detail::bind_front_wrapper<std::decay_t<Handler>, std::decay_t<Args>...>
bind_front_handler(Handler &&handler, Args &&...args) {
  std::abort();
}

class unlimited_rate_policy {};
template <class Protocol, class Executor = net::any_io_executor,
          class RatePolicy = unlimited_rate_policy>
class basic_stream {
public:
  typedef typename Protocol::endpoint endpoint_type;
  explicit basic_stream(net::io_context &);
  explicit basic_stream(typename Protocol::socket &&);
  net::any_io_executor get_executor() noexcept;
  void connect(const endpoint_type &);
  void expires_after(std::chrono::nanoseconds);
  template <class Token>
  net::detail::result<Token, void(error_code)> async_connect(const endpoint_type &, Token &&) {
    std::abort();
  }
};
typedef basic_stream<net::ip::tcp> tcp_stream;

class flat_buffer {
public:
  std::size_t size() const noexcept;
  net::const_buffer data() const noexcept;
  net::mutable_buffer data() noexcept;
  net::const_buffer cdata() const noexcept;
  void consume(std::size_t) noexcept;
};
template <class ConstBufferSequence> std::string buffers_to_string(const ConstBufferSequence &);

namespace http {
struct string_body {};
template <class Body> class request {};
template <class Body> class response {};
template <class Stream, class Buffer, class Message>
std::size_t read(Stream &, Buffer &, Message &);
template <class Stream, class Buffer, class Message, class Token>
net::detail::result<Token, void(error_code, std::size_t)> async_read(Stream &, Buffer &, Message &,
                                                                     Token &&token) {
  std::abort();
}
template <class Stream, class Message, class Token>
net::detail::result<Token, void(error_code, std::size_t)> async_write(Stream &, Message &,
                                                                      Token &&token) {
  std::abort();
}
template <class Stream, class Message>
std::size_t write(Stream &, const Message &, error_code &);
} // namespace http

namespace websocket {
template <class NextLayer, bool Deflate = true> class stream {
public:
  explicit stream(net::ip::tcp::socket &&);
  template <class Buffer> std::size_t read(Buffer &);
  template <class Buffer> std::size_t write(const Buffer &);
  template <class Token> net::detail::result<Token, void(error_code)> async_accept(Token &&) {
    std::abort();
  }
  template <class Buffer, class Token>
  net::detail::result<Token, void(error_code, std::size_t)> async_write(const Buffer &, Token &&) {
    std::abort();
  }
  template <class Buffer, class Token>
  net::detail::result<Token, void(error_code, std::size_t)> async_read(Buffer &, Token &&) {
    std::abort();
  }
};
} // namespace websocket
} // namespace boost::beast

#endif // NETTUNE_TEST_MOCKS_BOOST_BEAST_HPP
