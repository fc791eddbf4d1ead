//===- sockets.cpp - two connected sockets on loopback ----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sockets.h"

#include <cerrno>
#include <sys/resource.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace scenarios {

descriptor::descriptor(int fd) : fd(fd) {}
descriptor::~descriptor() {
  if (fd >= 0)
    close(fd);
}
descriptor::descriptor(descriptor &&other) noexcept : fd(std::exchange(other.fd, -1)) {}

int checked(int result, const char *what) {
  if (result < 0)
    throw std::system_error(errno, std::generic_category(), what);
  return result;
}

descriptor listen_on_loopback(int backlog, sockaddr_in &address) {
  descriptor listener(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto *const generic = reinterpret_cast<sockaddr *>(&address);
  checked(bind(listener.get(), generic, size), "bind");
  checked(listen(listener.get(), backlog), "listen");
  checked(getsockname(listener.get(), generic, &size), "getsockname");
  return listener;
}

connected_pair connect_pair() {
  sockaddr_in address{};
  const descriptor listener = listen_on_loopback(1, address);
  descriptor client(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  checked(connect(client.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address),
          "connect");
  descriptor server(checked(accept(listener.get(), nullptr, nullptr), "accept"));
  return {std::move(client), std::move(server)};
}

usage used() {
  rusage r{};
  getrusage(RUSAGE_SELF, &r);
  const auto seconds = [](const timeval &t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return {seconds(r.ru_utime) + seconds(r.ru_stime), r.ru_minflt + r.ru_majflt, r.ru_maxrss};
}

} // namespace scenarios
