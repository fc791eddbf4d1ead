// RUN: %nettune_check %s nettune-thread-per-connection -- -I%source_root/tools/bench/messaging
//
// A thread for each connection or message: POSIX, Asio, the reference server.

#include "messaging.h"
#include <asio.hpp>
#include <future>
#include <memory>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;
void serve(int fd);
void session(tcp::socket socket);

void posix_loop(int listener) {
  while (true) {
    int fd = accept(listener, nullptr, nullptr);
    if (fd < 0)
      continue;
    std::thread(serve, fd).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
// CHECK-NOTES: :[[@LINE-5]]:14: note: connections are accepted here
// CHECK-NOTES: :[[@LINE-3]]:5: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
  }
}

static void *run(void *argument);
void pthread_loop(int listener) {
  for (;;) {
    long fd = accept(listener, nullptr, nullptr);
    pthread_t thread;
    pthread_create(&thread, nullptr, run, reinterpret_cast<void *>(fd));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pthread_create' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
    pthread_detach(thread);
  }
}

// The blocking echo server of many tutorials.
void asio_loop(asio::io_context &io, tcp::acceptor &acceptor) {
  for (;;)
    std::thread(session, acceptor.accept()).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
}

// They are kept, joined at the end of the program.
void kept_in_vector(int listener) {
  std::vector<std::thread> sessions;
  while (true)
    sessions.emplace_back(serve, accept(listener, nullptr, nullptr));
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
}

// The accept and the thread are functions of their own.
class server {
public:
  void run() {
    while (true)
      start_session(next_client());
  }

private:
  int next_client() { return accept(listener_, nullptr, nullptr); }
  void start_session(int fd) {
    std::thread worker([fd] { serve(fd); });
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::thread' makes a thread for each connection; serve it on an event loop or a bounded pool [nettune-thread-per-connection]
    worker.detach();
  }
  int listener_ = -1;
};

// In a handler: for each message.
void work(std::vector<unsigned char> data);
void handler() {
  messaging::messaging_server server("threads");
  server.set_message_handler([](auto id, auto data) {
    std::thread([data] { work(data); }).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread each time the handler given to 'messaging::messaging_server::set_message_handler' runs; hand the work to a bounded pool [nettune-thread-per-connection]
// CHECK-NOTES: :[[@LINE-3]]:10: note: the lambda in 'handler' runs on the event loop: given to 'messaging::messaging_server::set_message_handler' here
// CHECK-NOTES: :[[@LINE-3]]:5: note: guide: docs/PERFORMANCE_TUNING.md#thread-oversubscription
  });
}

class accepting {
public:
  void accept() {
    acceptor_.async_accept([this](std::error_code error, tcp::socket socket) {
      if (!error)
        std::thread(session, std::move(socket)).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::thread' makes a thread each time the handler given to 'asio::basic_socket_acceptor::async_accept' runs; hand the work to a bounded pool [nettune-thread-per-connection]
      accept();
    });
  }

private:
  tcp::acceptor acceptor_;
};

void on_read(tcp::socket &socket, char (&data)[512]) {
  socket.async_read_some(asio::buffer(data), [](std::error_code, std::size_t size) {
    auto done = std::async(std::launch::async, [size] { return size * 2; });
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::async' makes a thread each time the handler given to 'asio::basic_stream_socket::async_read_some' runs; hand the work to a bounded pool [nettune-thread-per-connection]
  });
}

// The loop is the program's own.
void epoll_loop(int poller) {
  epoll_event events[16];
  while (true) {
    int ready = epoll_wait(poller, events, 16, -1);
    for (int i = 0; i < ready; ++i)
      serve(events[i].data.fd);
    std::thread([] {}).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::thread' makes a thread each time the event loop in 'epoll_loop' runs; hand the work to a bounded pool [nettune-thread-per-connection]
  }
}
