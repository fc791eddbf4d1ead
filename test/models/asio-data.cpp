// MODEL: asio-data
// PACKAGES: libasio-dev libboost1.81-dev libssl-dev liburing-dev
// COMPILE: -std=c++20 -DASIO_HAS_IO_URING -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// COMPILE: -std=c++20 -DNETTUNE_BOOST -DBOOST_ASIO_HAS_IO_URING

// Every function that checks/model/apis/asio-data.json names, against the real headers: once as
// standalone Asio, once as Boost.Asio. Each send stands once for each way in which it reports.

#ifdef NETTUNE_BOOST
#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/ssl.hpp>
namespace net = boost::asio;
using ErrorCode = boost::system::error_code;
#else
#include <asio.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/ssl.hpp>
namespace net = asio;
using ErrorCode = asio::error_code;
#endif

using net::ip::tcp;
using net::ip::udp;

static auto done = [](auto &&...) {};
static constexpr auto asTuple = net::experimental::as_tuple(net::use_awaitable);

struct Bytes {
  char data[64];
  net::mutable_buffers_1 buffer = net::buffer(data);
};

net::awaitable<void> whole(tcp::socket &s, Bytes &b) {
  ErrorCode error;
  net::write(s, b.buffer, error);
  net::write(s, b.buffer, net::transfer_all(), error);
  net::async_write(s, b.buffer, done);
  [[maybe_unused]] auto [failed, count] = co_await net::async_write(s, b.buffer, asTuple);
}

template <typename Stream> net::awaitable<void> some(Stream &s, Bytes &b) {
  ErrorCode error;
  s.write_some(b.buffer);
  s.write_some(b.buffer, error);
  s.async_write_some(b.buffer, done);
  co_await s.async_write_some(b.buffer, net::use_awaitable);
  [[maybe_unused]] auto [failed, count] = co_await s.async_write_some(b.buffer, asTuple);
  s.read_some(b.buffer);
  s.async_read_some(b.buffer, done);
}
template net::awaitable<void> some(tcp::socket &, Bytes &);
template net::awaitable<void> some(net::ssl::stream<tcp::socket> &, Bytes &);
template net::awaitable<void> some(net::buffered_read_stream<tcp::socket> &, Bytes &);
template net::awaitable<void> some(net::buffered_write_stream<tcp::socket> &, Bytes &);
template net::awaitable<void> some(net::buffered_stream<tcp::socket> &, Bytes &);

void sockets(tcp::socket &s, net::generic::seq_packet_protocol::socket &packets, Bytes &b) {
  ErrorCode error;
  net::socket_base::message_flags flags = 0;
  s.send(b.buffer);
  s.send(b.buffer, 0, error);
  s.async_send(b.buffer, done);
  s.receive(b.buffer);
  s.async_receive(b.buffer, done);
  packets.send(b.buffer, 0, error);
  packets.async_send(b.buffer, 0, done);
  packets.receive(b.buffer, flags);
  packets.async_receive(b.buffer, flags, done);
}

template <typename Socket> void datagrams(Socket &s, typename Socket::endpoint_type peer, Bytes &b) {
  ErrorCode error;
  s.send(b.buffer, 0, error);
  s.send_to(b.buffer, peer, 0, error);
  s.async_send(b.buffer, done);
  s.async_send_to(b.buffer, peer, done);
  s.receive(b.buffer);
  s.receive_from(b.buffer, peer);
  s.async_receive(b.buffer, done);
  s.async_receive_from(b.buffer, peer, done);
}
template void datagrams(udp::socket &, udp::endpoint, Bytes &);
template void datagrams(net::ip::icmp::socket &, net::ip::icmp::endpoint, Bytes &);

void reads(tcp::socket &s, net::readable_pipe &in, net::posix::stream_descriptor &d, net::serial_port &port, Bytes &b) {
  std::string text;
  net::read(s, b.buffer);
  net::read_until(s, net::dynamic_buffer(text), '\n');
  net::async_read(s, b.buffer, done);
  net::async_read_until(s, net::dynamic_buffer(text), '\n', done);
  in.read_some(b.buffer);
  in.async_read_some(b.buffer, done);
  d.read_some(b.buffer);
  d.async_read_some(b.buffer, done);
  port.read_some(b.buffer);
  port.async_read_some(b.buffer, done);
}

void settings(tcp::acceptor &a) {
  a.listen(128);
  net::thread_pool pool(4);
#ifndef NETTUNE_BOOST
  asio::thread plain([] {});
#endif
}
