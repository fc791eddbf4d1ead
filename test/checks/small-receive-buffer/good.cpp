// RUN: %nettune_check %s nettune-small-receive-buffer -- -I%source_root/tools/bench/messaging

#include "messaging.h"
#include <array>
#include <asio.hpp>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;
void handle(const char *data, std::size_t size);

void server_of_large_messages() {
  constexpr std::size_t message_size = 10 * 1024;
  messaging::messaging_server server("fits");
  server.set_receive_buffer_size(16384);
  server.set_message_handler([&](auto id, auto data) {
    if (data.size() != message_size)
      server.close(id);
  });
}

constexpr std::size_t frame_bytes = 10240;
bool whole_frame(int fd, std::vector<char> &frame) {
  frame.resize(frame_bytes);
  std::size_t got = 0;
  while (got < frame_bytes) {
    ssize_t n = recv(fd, frame.data() + got, frame_bytes - got, 0);
    if (n <= 0)
      return false;
    got += n;
  }
  return true;
}

void large_chunks(int fd) {
  char buffer[65536];
  std::size_t got = 0;
  while (got < 10 * 1024 * 1024) {
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0)
      return;
    handle(buffer, n);
    got += n;
  }
}

void asio_lines(tcp::socket &socket) {
  std::array<char, 4096> data;
  for (;;) {
    std::size_t n = socket.read_some(asio::buffer(data));
    handle(data.data(), n);
  }
}
