//===- sockets.h - two connected sockets on loopback ------------*- C++ -*-===//
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

/// Listens on a free port of 127.0.0.1, which \p address gets.
descriptor listen_on_loopback(int backlog, sockaddr_in &address);

struct connected_pair {
  descriptor client, server;
};
connected_pair connect_pair();

/// CPU seconds and page faults of this process so far.
struct usage {
  double cpu_s = 0;
  long faults = 0, peak_kib = 0;
};
usage used();

} // namespace scenarios

#endif // NETTUNE_BENCH_SCENARIOS_SOCKETS_H
