// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Virtual calls through an object of a derived class that inherits the method: the
// overriders beside that class are not meant.

#include <asio.hpp>
#include <chrono>
#include <memory>
#include <thread>

using namespace std::chrono_literals;
asio::io_context io;

struct stream {
  virtual ~stream() = default;
  virtual void flush() = 0;
  virtual void close() { std::this_thread::sleep_for(1s); }
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
};
struct memory_stream : stream {};
struct paged_stream : memory_stream {};
struct ring_stream final : paged_stream {
  void flush() override {}
};
struct mapped_stream : paged_stream {
  void flush() override { std::this_thread::sleep_for(1s); }
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  void close() override {}
};
struct slow_stream : stream {
  void flush() override { std::this_thread::sleep_for(1s); }
  void close() override { std::this_thread::sleep_for(1s); }
};

// Hits: what derives from the object's class, and what the class inherits.
void flush_memory(memory_stream &buffer) {
  asio::post(io, [&buffer] { buffer.flush(); });
}
void close_paged(std::shared_ptr<paged_stream> buffer) {
  asio::post(io, [buffer] { buffer->close(); });
}

// A call through the base means them all.
struct sink {
  virtual ~sink() = default;
  virtual void put() = 0;
};
struct file_sink : sink {
  void put() override { std::this_thread::sleep_for(1s); }
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'std::this_thread::sleep_for' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
};
struct null_sink : sink {
  void put() override {}
};
void put_anywhere(sink &s) {
  asio::post(io, [&s] { s.put(); });
}

// Near misses: nothing below the object's class waits.
struct pipe_sink : sink {};
struct ring_sink : pipe_sink {
  void put() override {}
};
struct disk {
  virtual ~disk() = default;
  virtual void sync() {}
};
struct cached_disk : disk {};
struct platter : disk {
  void sync() override { std::this_thread::sleep_for(1s); }
};
void put_into_pipe(pipe_sink *s, cached_disk &d) {
  asio::post(io, [s, &d] {
    s->put();
    d.sync();
  });
}
