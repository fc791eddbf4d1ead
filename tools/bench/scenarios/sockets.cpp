//===- sockets.cpp - two connected sockets ----------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sockets.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <sched.h>
#include <stdexcept>
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

namespace {

descriptor tcp_socket() {
  return descriptor(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
}

descriptor listen_on(descriptor listener, int backlog, sockaddr_in &address) {
  socklen_t size = sizeof address;
  auto *const generic = reinterpret_cast<sockaddr *>(&address);
  checked(bind(listener.get(), generic, size), "bind");
  checked(listen(listener.get(), backlog), "listen");
  checked(getsockname(listener.get(), generic, &size), "getsockname");
  return listener;
}

sockaddr_in address_of(const char *ipv4) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  if (inet_pton(AF_INET, ipv4, &address.sin_addr) != 1)
    throw std::invalid_argument(std::string("no IPv4 address: ") + ipv4);
  return address;
}

/// What this thread makes from here on belongs to that namespace.
void enter(const std::string &name) {
  if (name.empty())
    return;
  const std::string file = "/run/netns/" + name;
  const descriptor space(checked(open(file.c_str(), O_RDONLY | O_CLOEXEC), file.c_str()));
  checked(setns(space.get(), CLONE_NEWNET), "setns");
}

void fix(const descriptor &socket, int option, int bytes) {
  if (bytes > 0)
    checked(setsockopt(socket.get(), SOL_SOCKET, option, &bytes, sizeof bytes), "setsockopt");
}

} // namespace

descriptor listen_on_loopback(int backlog, sockaddr_in &address) {
  address = address_of("127.0.0.1");
  return listen_on(tcp_socket(), backlog, address);
}

connected_pair connect_pair(const route &way, const fixed_buffers &buffers) {
  sockaddr_in address = address_of(way.address.empty() ? "127.0.0.1" : way.address.c_str());
  enter(way.far);
  descriptor unbound = tcp_socket();
  // Accepted sockets inherit it. Later it would come too late for the window's scale.
  fix(unbound, SO_RCVBUF, buffers.receive);
  const descriptor listener = listen_on(std::move(unbound), 1, address);
  enter(way.near);
  descriptor client = tcp_socket();
  fix(client, SO_SNDBUF, buffers.send);
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
