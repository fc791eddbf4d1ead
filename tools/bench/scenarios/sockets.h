//===- sockets.h - two connected sockets ------------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_SCENARIOS_SOCKETS_H
#define NETTUNE_BENCH_SCENARIOS_SOCKETS_H

#include <cstddef>
#include <cstdint>
#include <netinet/in.h>
#include <string>

namespace scenarios {

/// A descriptor that is closed with this object.
class descriptor {
public:
  explicit descriptor(int fd);
  ~descriptor();
  descriptor(descriptor &&other) noexcept;
  descriptor &operator=(descriptor &&) = delete;
  int get() const { return fd; }

private:
  int fd;
};

/// Throws std::system_error unless \p result is 0 or more.
int checked(int result, const char *what);

/// Where the two ends of a connection are. Empty: both on loopback.
struct route {
  std::string near, far; ///< network namespaces by their names below /run/netns
  std::string address;   ///< IPv4, of the far end
};

/// SO_SNDBUF of the near end and SO_RCVBUF of the far one, in bytes, set before
/// they connect; 0: left to the kernel. The kernel takes twice the value, half of
/// it for its own bookkeeping (socket(7)).
struct fixed_buffers {
  int send = 0, receive = 0;
};

/// Listens on a free port of 127.0.0.1, which \p address gets.
descriptor listen_on_loopback(int backlog, sockaddr_in &address);

/// The client is the near end, the server the far one.
struct connected_pair {
  descriptor client, server;
};
/// Throws std::system_error. With a route, the calling thread is in its near
/// namespace afterwards.
connected_pair connect_pair(const route &way = {}, const fixed_buffers &buffers = {});

/// CPU seconds and page faults of this process so far.
struct usage {
  double cpu_s = 0;
  long faults = 0, peak_kib = 0;
};
usage used();

} // namespace scenarios

#endif // NETTUNE_BENCH_SCENARIOS_SOCKETS_H
