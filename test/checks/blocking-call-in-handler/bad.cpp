// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// How servers hand a function to the event loop: each shape once, with the
// blocking call in the handler's body or one call below it.

#include <asio.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/spawn.hpp>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <boost/bind/bind.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

using namespace std::chrono_literals;
using asio::ip::tcp;

// Bound members: the commonest shape in applications.
class bound_session : public std::enable_shared_from_this<bound_session> {
public:
  void start() {
    using namespace std::placeholders;
    socket_.async_read_some(asio::buffer(data_),
                            std::bind(&bound_session::on_read, shared_from_this(), _1, _2));
    timer_.async_wait(std::bind(&bound_session::on_timeout, this, _1));
    asio::async_write(socket_, asio::buffer(data_),
                      std::bind_front(&bound_session::on_write, shared_from_this()));
  }

private:
  void on_read(const std::error_code &ec, std::size_t length) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_read_some'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void on_timeout(const std::error_code &ec) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void on_write(const std::error_code &ec, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::async_write'; {{.*}} [nettune-blocking-call-in-handler]
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  char data_[1024];
};

class boost_session : public std::enable_shared_from_this<boost_session> {
public:
  void start() {
    namespace http = boost::beast::http;
    timer_.async_wait(
        boost::bind(&boost_session::on_timeout, this, boost::asio::placeholders::error));
    http::async_read(stream_, buffer_, request_,
                     boost::beast::bind_front_handler(&boost_session::on_read,
                                                      shared_from_this()));
  }

private:
  void on_timeout(const boost::system::error_code &ec) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'boost::asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void on_read(boost::beast::error_code ec, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'boost::beast::http::async_read'; {{.*}} [nettune-blocking-call-in-handler]
  }

  boost::asio::steady_timer timer_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  boost::beast::http::request<boost::beast::http::string_body> request_;
};

// Lambdas.
class lambda_session : public std::enable_shared_from_this<lambda_session> {
public:
  void read() {
    auto self = shared_from_this();
    socket_.async_read_some(asio::buffer(data_), [this, self](std::error_code ec, std::size_t) {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_read_some'; {{.*}} [nettune-blocking-call-in-handler]
    });
    // A one-line trampoline.
    socket_.async_write_some(asio::buffer(data_), [self](std::error_code ec, std::size_t n) {
      self->on_write(ec, n);
    });
    std::weak_ptr<lambda_session> weak = self;
    timer_.async_wait([weak](std::error_code ec) {
      if (auto alive = weak.lock())
        alive->on_timer();
    });
  }

private:
  void on_write(std::error_code, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_write_some'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void on_timer() {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  std::array<char, 512> data_;
};

void accept_loop(asio::io_context &io, tcp::acceptor &acceptor) {
  acceptor.async_accept([&](std::error_code ec, tcp::socket peer) {
    std::this_thread::sleep_for(10ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_socket_acceptor::async_accept'; {{.*}} [nettune-blocking-call-in-handler]
    accept_loop(io, acceptor);
  });
  asio::signal_set signals(io, 2);
  signals.async_wait([=](auto, auto) {
    std::this_thread::sleep_for(10ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_signal_set::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

void posted(asio::io_context &io, asio::io_context::strand &legacy) {
  asio::post(io, [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::dispatch(io.get_executor(), [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::dispatch'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::defer(asio::make_strand(io), [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::defer'; {{.*}} [nettune-blocking-call-in-handler]
  });
  io.post([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::io_context::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  legacy.dispatch([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::io_context::strand::dispatch'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Wrapped in an executor, a strand, an allocator, or two of them.
void wrapped(asio::io_context &io, tcp::socket &socket, char (&data)[64]) {
  auto strand = asio::make_strand(io);
  asio::steady_timer timer(io, 1s);
  timer.async_wait(asio::bind_executor(strand, [](std::error_code) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  }));
  asio::io_context::strand legacy(io);
  asio::async_read(socket, asio::buffer(data), legacy.wrap([](std::error_code, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::async_read'; {{.*}} [nettune-blocking-call-in-handler]
  }));
  auto sleeper = [](std::error_code, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::async_write'; {{.*}} [nettune-blocking-call-in-handler]
  };
  asio::async_write(
      socket, asio::buffer(data),
      asio::bind_executor(strand, asio::bind_allocator(std::allocator<void>(), sleeper)));
}

// Coroutines.
asio::awaitable<void> echo(tcp::socket socket) {
  char data[256];
  std::error_code ec;
  for (;;) {
    std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from coroutine 'echo'; {{.*}} [nettune-blocking-call-in-handler]
    co_await asio::async_write(socket, asio::buffer(data, n),
                               asio::redirect_error(asio::use_awaitable, ec));
  }
}

void spawned(asio::io_context &io) {
  asio::co_spawn(
      io,
      [&io]() -> asio::awaitable<void> {
        asio::steady_timer timer(io, 1s);
        auto [ec] = co_await timer.async_wait(
            asio::experimental::as_tuple(asio::use_awaitable));
        std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the event loop: called from {{.*}}; {{.*}} [nettune-blocking-call-in-handler]
      },
      asio::detached);
  // A stackful coroutine; nothing in this file instantiates the generic lambda.
  asio::spawn(io, [&](auto yield) {
    std::this_thread::sleep_for(1ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::spawn'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Function objects, functions, variables.
struct retry_op {
  tcp::socket &socket;
  void operator()(std::error_code ec, std::size_t n) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::async_read'; {{.*}} [nettune-blocking-call-in-handler]
    asio::async_read(socket, asio::buffer(data, 8), std::move(*this));
  }
  char data[8];
};

void on_alarm(const std::error_code &) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
}
static void on_start() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
static void on_low() {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::dispatch'; {{.*}} [nettune-blocking-call-in-handler]
}
static void on_high() {
  std::this_thread::sleep_for(2s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::dispatch'; {{.*}} [nettune-blocking-call-in-handler]
}

struct ticker {
  asio::steady_timer timer;
  static void tick(const std::error_code &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void start() { timer.async_wait(&ticker::tick); }
};

void objects(asio::io_context &io, tcp::socket &socket, bool urgent) {
  asio::async_read(socket, asio::buffer(new char[8], 8), retry_op{socket});
  asio::steady_timer timer(io, 1s);
  timer.async_wait(on_alarm);
  asio::post(io, &on_start);
  asio::dispatch(io, urgent ? &on_high : &on_low);
  auto handler = [](std::error_code) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  };
  timer.async_wait(std::move(handler));
  std::function<void()> work = [] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::defer'; {{.*}} [nettune-blocking-call-in-handler]
  };
  asio::defer(io, work);
  struct local {
    static void run() {
      std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    }
  };
  asio::post(io, &local::run);
}

// Generic lambdas: the helper's name is looked up with dependent arguments.
void settle(std::error_code, std::size_t) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_read_some'; {{.*}} [nettune-blocking-call-in-handler]
}
template <typename Count> void settle_all(Count n) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_write_some'; {{.*}} [nettune-blocking-call-in-handler]
}
void generic(tcp::socket &socket, char (&data)[64]) {
  socket.async_read_some(asio::buffer(data), [](auto ec, auto n) { settle(ec, n); });
  socket.async_write_some(asio::buffer(data), [](auto, auto n) { settle_all(n); });
  socket.async_receive(asio::buffer(data), [](const auto &ec, auto &&...) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_receive'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Class templates, instantiated for two transports: one finding.
template <typename Transport> class connection {
public:
  template <typename Context> explicit connection(Context &io) : transport_(io) {}
  void start() {
    transport_.async_connect({}, [this](auto ec) { on_connect(ec); });
  }

private:
  template <typename Error> void on_connect(Error ec) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to '{{(asio::basic_socket|boost::beast::basic_stream)}}::async_connect'; {{.*}} [nettune-blocking-call-in-handler]
  }
  Transport transport_;
};
void connect_both(asio::io_context &io, boost::asio::io_context &boost_io) {
  static connection<tcp::socket> plain(io);
  static connection<boost::beast::tcp_stream> beast(boost_io);
  plain.start();
  beast.start();
}

// The project's own layer over Asio.
class channel {
public:
  template <typename Handler> void read(Handler &&handler) {
    socket_.async_read_some(asio::buffer(data_), std::forward<Handler>(handler));
  }
  void write(std::function<void(std::error_code, std::size_t)> done) {
    asio::async_write(socket_, asio::buffer(data_), done);
  }
  void close(std::function<void()> &&done) {
    asio::post(socket_.get_executor(), [done = std::move(done)] { done(); });
  }
  void on_idle(void (*idle)()) { idle_ = idle; }
  void watch() {
    timer_.async_wait([this](std::error_code) { idle_(); });
  }

private:
  tcp::socket socket_;
  asio::steady_timer timer_;
  char data_[64];
  void (*idle_)();
};

void use(channel &c) {
  c.read([](std::error_code, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_stream_socket::async_read_some'; {{.*}} [nettune-blocking-call-in-handler]
  });
  c.write([](std::error_code, std::size_t) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::async_write'; {{.*}} [nettune-blocking-call-in-handler]
  });
  c.close([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  c.on_idle([] {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'asio::basic_waitable_timer::async_wait'; {{.*}} [nettune-blocking-call-in-handler]
  });
}
