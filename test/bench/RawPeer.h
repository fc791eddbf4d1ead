//===- RawPeer.h - a peer that does as it likes -----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_BENCH_RAWPEER_H
#define NETTUNE_TEST_BENCH_RAWPEER_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

/// A blocking socket to 127.0.0.1 that may send anything. Calls give up after
/// 10 s, and throw.
class raw_peer {
public:
  explicit raw_peer(std::uint16_t port, int receive_buffer = 0)
      : fd(socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval limit{10, 0};
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_buffer)
      setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~raw_peer() { close(fd); }
  raw_peer(const raw_peer &) = delete;
  raw_peer &operator=(const raw_peer &) = delete;

  void send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0)
        throw std::runtime_error("send failed");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Up to \p size bytes; fewer at the end of the stream or after an error.
  std::string receive(std::size_t size) const {
    std::string bytes(size, '\0');
    std::size_t have = 0;
    while (have < size) {
      const ssize_t got = recv(fd, bytes.data() + have, size - have, 0);
      if (got <= 0)
        break;
      have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
  }

  /// Up to the end of the stream.
  std::string receive_all() const {
    std::string bytes;
    for (;;) {
      const std::string part = receive(65536);
      bytes += part;
      if (part.size() < 65536)
        return bytes;
    }
  }

  /// True if the other end closes, in order or by a reset, before it sends anything.
  bool is_closed_by_peer() const {
    char byte = 0;
    const ssize_t got = recv(fd, &byte, 1, 0);
    return got == 0 || (got < 0 && errno == ECONNRESET);
  }

  /// Reads to the end; true if that is a reset, not an end in order.
  bool ends_with_reset() const {
    std::string part(65536, '\0');
    ssize_t got = 1;
    while (got > 0)
      got = recv(fd, part.data(), part.size(), 0);
    return got < 0 && errno == ECONNRESET;
  }

  void end_sending() const { shutdown(fd, SHUT_WR); }
  /// The next close sends a reset.
  void reset_at_close() const {
    const linger at_once{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }

private:
  const int fd;
};

/// A message as it stands on the wire.
inline std::string framed(std::string_view message) {
  const auto size = static_cast<std::uint32_t>(message.size());
  std::string bytes;
  for (const int shift : {24, 16, 8, 0})
    bytes.push_back(static_cast<char>(size >> shift));
  return bytes.append(message);
}

#endif // NETTUNE_TEST_BENCH_RAWPEER_H
