// MODEL: asio
// PACKAGES: libasio-dev libboost1.81-dev libssl-dev liburing-dev
// COMPILE: -std=c++20 -DASIO_HAS_IO_URING -DASIO_HAS_BOOST_DATE_TIME -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE -fno-access-control
// COMPILE: -std=c++20 -DNETTUNE_BOOST -DBOOST_ASIO_HAS_IO_URING

// Every function that checks/model/apis/asio.json names, against the real headers: once as
// standalone Asio, once as Boost.Asio. Asio 1.22 does not see by itself that clang has coroutines,
// and keeps some execute() private that are public later.

#ifdef NETTUNE_BOOST
#include <boost/asio.hpp>
#include <boost/asio/experimental/as_single.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/experimental/coro.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/ssl.hpp>
namespace net = boost::asio;
using ErrorCode = boost::system::error_code;
#else
#include "../mocks/asio_1_24_mock.h"
#include <asio.hpp>
#include <asio/experimental/append.hpp>
#include <asio/experimental/as_single.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/experimental/channel.hpp>
#include <asio/experimental/concurrent_channel.hpp>
#include <asio/experimental/coro.hpp>
#include <asio/experimental/deferred.hpp>
#include <asio/experimental/parallel_group.hpp>
#include <asio/experimental/prepend.hpp>
#include <asio/spawn.hpp>
#include <asio/ssl.hpp>
namespace net = asio;
using ErrorCode = asio::error_code;
#endif

using net::ip::tcp;
using net::ip::udp;

static auto done = [](auto &&...) {};
static void work() {}

struct Bytes {
  char data[64];
  net::mutable_buffers_1 buffer = net::buffer(data);
};

void freeOperations(tcp::socket &s, net::random_access_file &file, tcp::resolver::results_type &found, Bytes &b) {
  std::string text;
  net::async_read(s, b.buffer, done);
  net::async_read_until(s, net::dynamic_buffer(text), '\n', done);
  net::async_write(s, b.buffer, done);
  net::async_connect(s, found, done);
  net::async_read_at(file, 0, b.buffer, done);
  net::async_write_at(file, 0, b.buffer, done);
  net::read(s, b.buffer);
  net::read_until(s, net::dynamic_buffer(text), '\n');
  net::write(s, b.buffer);
  net::connect(s, found);
  net::read_at(file, 0, b.buffer);
  net::write_at(file, 0, b.buffer);
}

void streamSocket(tcp::socket &s, const tcp::endpoint &to, Bytes &b) {
  s.async_connect(to, done);
  s.async_wait(tcp::socket::wait_read, done);
  s.async_read_some(b.buffer, done);
  s.async_receive(b.buffer, done);
  s.async_send(b.buffer, done);
  s.async_write_some(b.buffer, done);
  s.connect(to);
  s.wait(tcp::socket::wait_read);
  s.read_some(b.buffer);
  s.receive(b.buffer);
  s.send(b.buffer);
  s.write_some(b.buffer);
  s.non_blocking(true);
  s.native_non_blocking(true);
  s.native_handle();
  s.available();
}

template <typename Socket> void datagrams(Socket &s, typename Socket::endpoint_type peer, Bytes &b) {
  s.async_receive(b.buffer, done);
  s.async_receive_from(b.buffer, peer, done);
  s.async_send(b.buffer, done);
  s.async_send_to(b.buffer, peer, done);
  s.receive(b.buffer);
  s.receive_from(b.buffer, peer);
  s.send(b.buffer);
  s.send_to(b.buffer, peer);
}
template void datagrams(udp::socket &, udp::endpoint, Bytes &);
template void datagrams(net::ip::icmp::socket &, net::ip::icmp::endpoint, Bytes &);
template void datagrams(net::generic::raw_protocol::socket &, net::generic::raw_protocol::endpoint, Bytes &);

void packets(net::generic::seq_packet_protocol::socket &s, Bytes &b) {
  net::socket_base::message_flags flags = 0;
  s.async_receive(b.buffer, flags, done);
  s.async_send(b.buffer, 0, done);
  s.receive(b.buffer, flags);
  s.send(b.buffer, 0);
}

void accepting(tcp::acceptor &a) {
  a.async_accept(done);
  a.async_wait(tcp::acceptor::wait_read, done);
  a.accept();
  a.wait(tcp::acceptor::wait_read);
  a.native_handle();
  a.non_blocking(true);
  a.native_non_blocking(true);
}

void namesAndTimes(tcp::resolver &r, net::steady_timer &t, net::signal_set &signals, net::deadline_timer &old) {
  r.async_resolve("example.org", "80", done);
  r.resolve("example.org", "80");
  t.async_wait(done);
  t.wait();
  old.async_wait(done);
  old.wait();
  signals.async_wait(done);
}

void descriptors(net::serial_port &port, net::posix::stream_descriptor &d, net::readable_pipe &in,
                 net::writable_pipe &out, Bytes &b) {
  port.async_read_some(b.buffer, done);
  port.async_write_some(b.buffer, done);
  port.read_some(b.buffer);
  port.write_some(b.buffer);
  d.async_wait(net::posix::descriptor::wait_read, done);
  d.async_read_some(b.buffer, done);
  d.async_write_some(b.buffer, done);
  d.wait(net::posix::descriptor::wait_read);
  d.read_some(b.buffer);
  d.write_some(b.buffer);
  d.non_blocking(true);
  d.native_non_blocking(true);
  d.native_handle();
  in.async_read_some(b.buffer, done);
  in.read_some(b.buffer);
  out.async_write_some(b.buffer, done);
  out.write_some(b.buffer);
}

void files(net::stream_file &stream, net::random_access_file &random, Bytes &b) {
  stream.open("file", net::file_base::read_only);
  stream.async_read_some(b.buffer, done);
  stream.async_write_some(b.buffer, done);
  stream.read_some(b.buffer);
  stream.write_some(b.buffer);
  random.async_read_some_at(0, b.buffer, done);
  random.async_write_some_at(0, b.buffer, done);
  random.read_some_at(0, b.buffer);
  random.write_some_at(0, b.buffer);
}

void secure(net::ssl::stream<tcp::socket> &s, net::ssl::context &context, Bytes &b) {
  auto verify = [](bool good, net::ssl::verify_context &) { return good; };
  s.async_handshake(net::ssl::stream_base::server, done);
  s.async_read_some(b.buffer, done);
  s.async_shutdown(done);
  s.async_write_some(b.buffer, done);
  s.handshake(net::ssl::stream_base::server);
  s.read_some(b.buffer);
  s.shutdown();
  s.write_some(b.buffer);
  s.set_verify_callback(verify);
  context.set_verify_callback(verify);
  context.load_verify_file("authorities.pem");
  context.use_certificate_file("certificate.pem", net::ssl::context::pem);
  context.use_certificate_chain_file("chain.pem");
  context.use_private_key_file("key.pem", net::ssl::context::pem);
  context.set_password_callback([](std::size_t, net::ssl::context::password_purpose) { return std::string(); });
}

void buffered(net::buffered_read_stream<tcp::socket> &in, net::buffered_write_stream<tcp::socket> &out,
              net::buffered_stream<tcp::socket> &both, Bytes &b) {
  in.async_fill(done);
  in.async_read_some(b.buffer, done);
  in.async_write_some(b.buffer, done);
  in.fill();
  in.in_avail();
  in.read_some(b.buffer);
  in.write_some(b.buffer);
  out.async_flush(done);
  out.async_read_some(b.buffer, done);
  out.async_write_some(b.buffer, done);
  out.flush();
  out.read_some(b.buffer);
  out.write_some(b.buffer);
  both.async_fill(done);
  both.async_flush(done);
  both.async_read_some(b.buffer, done);
  both.async_write_some(b.buffer, done);
  both.fill();
  both.flush();
  both.in_avail();
  both.read_some(b.buffer);
  both.write_some(b.buffer);
}

void ioStreams() {
  tcp::iostream stream("example.org", "80");
  stream.connect("example.org", "80");
  stream.rdbuf()->connect("example.org", "80");
}

template <typename Executor> void legacy(const Executor &e) {
  std::allocator<void> allocator;
  e.post(work, allocator);
  e.dispatch(work, allocator);
  e.defer(work, allocator);
}

void running(net::io_context &io) {
  using namespace std::chrono_literals;
  io.run();
  io.run_one();
  io.run_for(1s);
  io.run_until(std::chrono::steady_clock::now() + 1s);
  io.run_one_for(1s);
  io.run_one_until(std::chrono::steady_clock::now() + 1s);
  io.poll();
  io.poll_one();
}

void executors(net::io_context &io, net::io_context::strand &oldStrand, net::strand<net::any_io_executor> &strand,
               net::thread_pool &pool, net::executor any, net::any_io_executor anyIo) {
  net::post(io, work);
  net::dispatch(io, work);
  net::defer(io, work);
  net::post(pool, work);
  net::post(net::bind_executor(pool, work));
  io.post(work);
  io.dispatch(work);
  legacy(io.get_executor());
  io.get_executor().execute(work);
  oldStrand.post(work);
  oldStrand.dispatch(work);
  legacy(oldStrand);
  legacy(net::strand<net::io_context::executor_type>(io.get_executor()));
  strand.execute(work);
  legacy(any);
  anyIo.execute(work);
  legacy(pool.get_executor());
  pool.get_executor().execute(work);
  legacy(net::system_executor());
  net::system_executor().execute(work);
}

net::awaitable<void> coroutine() { co_return; }
net::experimental::coro<void() noexcept> generator(net::any_io_executor) { co_return; }

void coroutines(net::io_context &io) {
  net::co_spawn(io, coroutine, net::detached);
  net::spawn(io, [](net::yield_context) {});
}

template <typename Token> auto ownOperation(Token &&token) {
  return net::async_initiate<Token, void(ErrorCode)>([](auto handler) { std::move(handler)(ErrorCode()); }, token);
}

template <typename Token> auto olderOperation(Token &&token) {
  net::async_completion<Token, void(ErrorCode)> init(token);
  init.completion_handler(ErrorCode());
  return init.result.get();
}

void operations(net::steady_timer &timer, net::cancellation_signal &signal) {
  ownOperation(done);
  olderOperation(done);
  signal.slot().assign([](net::cancellation_type) {});
  auto operation = [&](auto token) { return timer.async_wait(std::move(token)); };
  net::experimental::make_parallel_group(operation, operation)
      .async_wait(net::experimental::wait_for_one(), done);
}

void adapters(net::io_context &io, net::io_context::strand &strand, net::cancellation_signal &signal) {
  ErrorCode error;
  net::bind_executor(io, done);
  net::bind_allocator(std::allocator<void>(), done);
  net::bind_cancellation_slot(signal.slot(), done);
  (void)net::redirect_error(done, error);
  (void)net::append(done, 1);
  (void)net::prepend(done, 1);
  (void)net::consign(done, 1);
  (void)net::as_tuple(done);
  (void)net::experimental::as_single(done);
  io.wrap(done);
  strand.wrap(done);
#ifndef NETTUNE_BOOST
  (void)net::experimental::append(done, 1);
  (void)net::experimental::prepend(done, 1);
  (void)net::experimental::as_tuple(done);
#endif
}

void threads(net::thread_pool &pool, net::system_context &system) {
  net::detail::posix_thread thread(work);
  net::detail::thread_group group;
  group.create_thread(work);
  group.create_threads(work, 2);
  pool.join();
  pool.wait();
  system.join();
#ifndef NETTUNE_BOOST
  asio::thread plain(work);
#endif
}

void channels(net::experimental::channel<void(ErrorCode, int)> &c,
              net::experimental::concurrent_channel<void(ErrorCode, int)> &shared) {
  c.async_send(ErrorCode(), 1, done);
  c.async_receive(done);
  shared.async_send(ErrorCode(), 1, done);
  shared.async_receive(done);
}
