// RUN: %nettune_check %s nettune-small-receive-buffer -- -I%source_root/tools/bench/messaging

#include "messaging.h"
#include <array>
#include <asio.hpp>
#include <cstdint>
#include <string>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;
void handle(const char *data, std::size_t size);

// How large the messages are is not known.
void unknown_size(messaging::messaging_server &server, int fd) {
  server.set_receive_buffer_size(1024);
  char buffer[512];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0)
    handle(buffer, n);
}

// The largest message is a limit for safety, not what usually comes.
void limits(messaging::messaging_server &server) {
  constexpr std::size_t max_message_size = 1 << 20;
  server.set_receive_buffer_size(4096);
  server.set_max_message_size(max_message_size);
}

// A header of known length, then the rest.
void framing(int fd, std::vector<char> &body) {
  while (true) {
    unsigned char header[4];
    if (recv(fd, header, sizeof header, 0) != 4)
      return;
    body.resize(header[3]);
    recv(fd, body.data(), body.size(), 0);
  }
}
void asio_framing(tcp::socket &socket, std::vector<char> &body) {
  for (;;) {
    std::array<char, 4> header;
    asio::read(socket, asio::buffer(header));
    body.resize(static_cast<unsigned char>(header[0]));
    asio::read(socket, asio::buffer(body));
  }
}

// Packets of fixed size.
struct packet {
  std::uint32_t kind, value;
};
void handle(const packet &p);
void packets(int fd) {
  packet p;
  while (recv(fd, &p, sizeof p, 0) > 0)
    handle(p);
  char raw[16];
  while (recv(fd, raw, sizeof raw, 0) == sizeof raw)
    handle(raw, sizeof raw);
}

// Signal pipes, eventfd, the bytes that wake a loop, the end of a stream.
void wake_ups(int fd, int connection) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0)
    return;
  char drain[32];
  while (read(pipe_ends[0], drain, sizeof drain) > 0)
    ;
  std::uint64_t count;
  int event = eventfd(0, 0);
  while (read(event, &count, sizeof count) > 0)
    ;
  char c;
  while (read(fd, &c, 1) == 1)
    handle(&c, 1);
  while (recv(connection, drain, sizeof drain, 0) > 0)
    ;
  if (recv(connection, &c, 1, 0) == 0)
    close(connection);
}

// It looks and takes nothing.
void peeks(int fd) {
  std::string seen;
  char c;
  while (recv(fd, &c, 1, MSG_PEEK) == 1)
    seen += c;
}

// Commands of one byte: a protocol, not a message in pieces.
void commands(int fd) {
  char command;
  while (recv(fd, &command, 1, 0) == 1)
    switch (command) {
    case 'q':
      return;
    default:
      handle(&command, 1);
    }
}

// Datagrams come whole.
void datagrams(asio::ip::udp::socket &udp) {
  std::array<char, 32> data;
  asio::ip::udp::endpoint from;
  for (;;)
    handle(data.data(), udp.receive_from(asio::buffer(data), from));
}
void posix_datagrams() {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  char data[32];
  ssize_t n;
  while ((n = recv(fd, data, sizeof data, 0)) > 0)
    handle(data, n);
}

// Rounds, not bytes.
void rounds(int fd) {
  char data[256];
  int round = 0;
  while (round < 10000) {
    handle(data, recv(fd, data, sizeof data, 0));
    ++round;
  }
}

// The vector gets another size before the read.
void regrown(tcp::socket &socket, std::string &frame, std::vector<char> &given) {
  std::vector<char> grown(16), replaced(16);
  grown.resize(8192);
  replaced = given;
  while (frame.size() < 4096) {
    std::size_t n = socket.read_some(asio::buffer(grown));
    frame.append(grown.data(), n);
    n = socket.read_some(asio::buffer(replaced));
    frame.append(replaced.data(), n);
  }
}
