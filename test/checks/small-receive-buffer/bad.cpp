// RUN: %nettune_check %s nettune-small-receive-buffer -- -I%source_root/tools/bench/messaging
//
// Reads that take less than a message at a time.

#include "messaging.h"
#include <array>
#include <asio.hpp>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;
void handle(const char *data, std::size_t size);

// The guide's own example: 1 KB for messages of 10 KB.
void seed_example() {
  constexpr std::size_t message_size = 10 * 1024;
  messaging::messaging_server server("small");
  server.set_receive_buffer_size(1024);
// CHECK-MESSAGES: :[[@LINE-1]]:34: warning: read buffer of 1024 bytes takes 10 reads for a message of 10240 bytes; give it the size of a message [nettune-small-receive-buffer]
// CHECK-NOTES: :[[@LINE-4]]:25: note: a message has 10240 bytes here
// CHECK-NOTES: :[[@LINE-3]]:34: note: guide: docs/PERFORMANCE_TUNING.md#small-receive-buffer
  server.set_message_handler([&](auto id, auto data) {
    if (data.size() != message_size)
      server.close(id);
  });
}

// In a configuration struct.
struct profile {
  std::size_t read_buffer = 2048;
  std::size_t payload_bytes = 65536;
};
void configured(messaging::messaging_client &client) {
  profile p;
  client.set_receive_buffer_size(p.read_buffer);
// CHECK-MESSAGES: :[[@LINE-1]]:34: warning: read buffer of 2048 bytes takes 32 reads for a message of 65536 bytes; give it the size of a message [nettune-small-receive-buffer]
}

// A frame of fixed size, read through a small buffer.
constexpr std::size_t frame_bytes = 10240;
bool posix_frame(int fd, std::vector<char> &frame) {
  char buffer[512];
  std::size_t got = 0;
  while (got < frame_bytes) {
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: read buffer of 512 bytes takes 20 reads for a message of 10240 bytes; give it the size of a message [nettune-small-receive-buffer]
    if (n <= 0)
      return false;
    frame.insert(frame.end(), buffer, buffer + n);
    got += n;
  }
  return true;
}
void asio_frame(tcp::socket &socket, std::string &frame) {
  std::array<char, 256> chunk;
  while (frame.size() < 4096) {
    std::size_t n = socket.read_some(asio::buffer(chunk));
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: read buffer of 256 bytes takes 16 reads for a message of 4096 bytes; give it the size of a message [nettune-small-receive-buffer]
    frame.append(chunk.data(), n);
  }
}

// The vector has one size, given where it is made.
void asio_vector(tcp::socket &socket, std::string &frame) {
  std::vector<char> chunk(512);
  while (frame.size() < 4096) {
    std::size_t n = socket.read_some(asio::buffer(chunk));
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: read buffer of 512 bytes takes 8 reads for a message of 4096 bytes; give it the size of a message [nettune-small-receive-buffer]
    frame.append(chunk.data(), n);
  }
}

// A byte at a time.
std::string posix_line(int fd) {
  std::string line;
  char c;
  while (recv(fd, &c, 1, 0) == 1 && c != '\n')
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'recv' takes 1 byte at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
    line += c;
  return line;
}
void accepted_line(int listener) {
  int client = accept(listener, nullptr, nullptr);
  char line[1024];
  std::size_t used = 0;
  while (used < sizeof line && read(client, line + used, 1) == 1)
// CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'read' takes 1 byte at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
    if (line[used++] == '\n')
      break;
  handle(line, used);
}
void asio_line(tcp::socket &socket, std::string &line) {
  char byte[1];
  for (;;) {
    socket.read_some(asio::buffer(byte));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::basic_stream_socket::read_some' takes 1 byte at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
    if (byte[0] == '\n')
      break;
    line.push_back(byte[0]);
  }
}

// Under 64 bytes at a time.
void tiny(int fd) {
  char buffer[16];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof(buffer), 0)) > 0)
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'recv' takes 16 bytes at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
    handle(buffer, n);
}
class session {
public:
  void read() {
    socket_.async_read_some(asio::buffer(data_), [this](std::error_code error, std::size_t n) {
      if (error)
        return;
      handle(data_.data(), n);
      again();
    });
  }
  void again() {
    socket_.async_read_some(asio::buffer(data_), [this](std::error_code error, std::size_t n) {
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'asio::basic_stream_socket::async_read_some' takes 32 bytes at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
      if (!error)
        again();
    });
  }

private:
  tcp::socket socket_;
  std::array<char, 32> data_;
};
