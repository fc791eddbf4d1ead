//===- writes.cpp - how many writes, and of what ----------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"
#include "sockets.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/uio.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace scenarios {

using clock = std::chrono::steady_clock;

namespace {

std::size_t read_all(int socket) {
  std::vector<char> buffer(65536);
  std::size_t total = 0;
  for (ssize_t size = 0; (size = recv(socket, buffer.data(), buffer.size(), 0)) > 0;)
    total += static_cast<std::size_t>(size);
  return total;
}

bool read_exactly(int socket, char *into, std::size_t size) {
  return recv(socket, into, size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

constexpr std::size_t header_size = 4, body_size = 100;
using header = std::array<char, header_size>;
using body = std::array<char, body_size>;

/// Answers each request with one byte.
void answer(int socket) {
  std::array<char, header_size + body_size> request;
  while (read_exactly(socket, request.data(), request.size()))
    if (send(socket, "!", 1, MSG_NOSIGNAL) != 1)
      return;
}

void send_whole(int socket, const char *data, std::size_t size) {
  if (send(socket, data, size, MSG_NOSIGNAL) != static_cast<ssize_t>(size))
    throw std::runtime_error("a request of 104 bytes did not fit an idle socket");
}

void send_request(int socket, bool gather) {
  header h{};
  body b{};
  if (gather) {
    const std::array<iovec, 2> parts = {{{h.data(), h.size()}, {b.data(), b.size()}}};
    if (writev(socket, parts.data(), parts.size()) != static_cast<ssize_t>(header_size + body_size))
      throw std::runtime_error("a request of 104 bytes did not fit an idle socket");
    return;
  }
  send_whole(socket, h.data(), h.size());
  send_whole(socket, b.data(), b.size());
}

} // namespace

nlohmann::ordered_json batches(std::size_t per_send, double seconds) {
  constexpr std::size_t message_size = 100;
  connected_pair pair = connect_pair();
  std::size_t received = 0;
  std::thread reader([&] { received = read_all(pair.server.get()); });
  const std::vector<char> batch(message_size * per_send, 'x');
  std::size_t calls = 0;
  const auto begin = clock::now();
  const usage before = used();
  while (clock::now() - begin < std::chrono::duration<double>(seconds)) {
    for (std::size_t sent = 0; sent < batch.size(); ++calls)
      sent += static_cast<std::size_t>(
          checked(static_cast<int>(send(pair.client.get(), batch.data() + sent, batch.size() - sent,
                                        MSG_NOSIGNAL)),
                  "send"));
  }
  shutdown(pair.client.get(), SHUT_WR);
  reader.join();
  const std::chrono::duration<double> time = clock::now() - begin;
  const double messages = static_cast<double>(received) / message_size;
  return {{"sends_per_message", static_cast<double>(calls) / messages},
          {"cpu_us_per_message", (used().cpu_s - before.cpu_s) * 1e6 / messages},
          {"messages_per_s", messages / time.count()}};
}

nlohmann::ordered_json split_writes(const std::string &how, std::size_t requests, const route &way,
                                    const fixed_buffers &buffers) {
  if (how != "split" && how != "split_nodelay" && how != "gather")
    throw std::invalid_argument("split: split, split_nodelay or gather");
  connected_pair pair = connect_pair(way, buffers);
  const int on = how == "split_nodelay";
  checked(setsockopt(pair.client.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
  std::thread server([&] { answer(pair.server.get()); });
  std::vector<double> times;
  for (std::size_t i = 0; i < requests; ++i) {
    const auto begin = clock::now();
    send_request(pair.client.get(), how == "gather");
    char byte = 0;
    if (!read_exactly(pair.client.get(), &byte, 1))
      throw std::runtime_error("no answer");
    times.push_back(std::chrono::duration<double, std::micro>(clock::now() - begin).count());
  }
  shutdown(pair.client.get(), SHUT_WR);
  server.join();
  std::sort(times.begin(), times.end());
  return {{"sends_per_message", how == "gather" ? 1 : 2}, {"p50_us", times[times.size() / 2]}};
}

nlohmann::ordered_json backlog(int length, int clients) {
  sockaddr_in address{};
  const descriptor listener = listen_on_loopback(length, address);
  std::vector<descriptor> connecting;
  for (int i = 0; i < clients; ++i) {
    connecting.emplace_back(checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket"));
    // EINPROGRESS is the usual answer; whether it came through is asked below.
    (void)connect(connecting.back().get(), reinterpret_cast<const sockaddr *>(&address),
                  sizeof address);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  int established = 0;
  for (const descriptor &client : connecting) {
    tcp_info info{};
    socklen_t size = sizeof info;
    checked(getsockopt(client.get(), IPPROTO_TCP, TCP_INFO, &info, &size), "getsockopt");
    established += info.tcpi_state == TCP_ESTABLISHED;
  }
  return {{"waiting_share", 1 - static_cast<double>(established) / clients}};
}

} // namespace scenarios
