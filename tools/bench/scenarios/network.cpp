//===- network.cpp - what the distance between the ends changes -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <linux/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace scenarios {

namespace {

using clock = std::chrono::steady_clock;
using seconds = std::chrono::duration<double>;

constexpr std::size_t chunk = 65536, burst = 200000;
constexpr double mebibyte = 1048576;

tcp_info info_of(const descriptor &socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  checked(getsockopt(socket.get(), IPPROTO_TCP, TCP_INFO, &info, &size), "getsockopt");
  return info;
}

struct received {
  double bytes = 0, reads = 0; ///< in the measured time
};

/// Reads to the end, and says when the measured time is over.
received receive(int socket, const transfer_variant &variant, std::atomic<bool> &over) {
  std::vector<char> buffer(variant.read_buffer);
  received measured;
  const auto begin = clock::now() + seconds(variant.warmup_s);
  const auto end = begin + seconds(variant.seconds);
  for (ssize_t size = 0; (size = recv(socket, buffer.data(), buffer.size(), 0)) > 0;) {
    const auto now = clock::now();
    over = over || now >= end;
    if (now < begin || over)
      continue;
    measured.bytes += static_cast<double>(size);
    ++measured.reads;
  }
  return measured;
}

void read_burst(int socket) {
  std::vector<char> buffer(burst);
  while (recv(socket, buffer.data(), buffer.size(), MSG_WAITALL) == static_cast<ssize_t>(burst))
    if (send(socket, "!", 1, MSG_NOSIGNAL) != 1)
      return;
}

/// Calls of send() that it took.
double send_whole(const descriptor &socket, const char *data, std::size_t size) {
  double calls = 0;
  for (std::size_t sent = 0; sent < size; ++calls) {
    const ssize_t part = send(socket.get(), data + sent, size - sent, MSG_NOSIGNAL);
    if (part < 0)
      throw std::runtime_error("the peer closed the connection");
    sent += static_cast<std::size_t>(part);
  }
  return calls;
}

/// Ends the connection at once: what is under way need not arrive any more.
void abandon(const descriptor &socket) {
  sockaddr nobody{};
  nobody.sa_family = AF_UNSPEC;
  checked(connect(socket.get(), &nobody, sizeof nobody), "connect to nobody");
}

/// Sends one burst and waits until it is confirmed. The congestion window, in
/// segments, as it was after the first bytes of it.
double send_burst(const descriptor &socket) {
  static const std::vector<char> data(burst, 'x');
  constexpr std::size_t first = 1000;
  send_whole(socket, data.data(), first);
  const double window = info_of(socket).tcpi_snd_cwnd;
  send_whole(socket, data.data() + first, burst - first);
  char confirmed = 0;
  if (recv(socket.get(), &confirmed, 1, 0) != 1)
    throw std::runtime_error("a burst was not confirmed");
  return window;
}

} // namespace

nlohmann::ordered_json transfer(const transfer_variant &variant, const route &way,
                                const fixed_buffers &buffers) {
  const connected_pair pair = connect_pair(way, buffers);
  std::atomic<bool> over = false;
  received measured;
  std::thread receiver([&] { measured = receive(pair.server.get(), variant, over); });
  const std::vector<char> data(chunk, 'x');
  double calls = 0, bytes = 0, most = 0;
  const auto begin = clock::now() + seconds(variant.warmup_s);
  while (!over) {
    calls += send_whole(pair.client, data.data(), data.size());
    bytes += static_cast<double>(chunk);
    if (clock::now() < begin)
      continue;
    const tcp_info info = info_of(pair.client);
    most = std::max(most, static_cast<double>(info.tcpi_unacked) * info.tcpi_snd_mss);
  }
  abandon(pair.client);
  receiver.join();
  return {{"mbit_per_s", measured.bytes * 8 / 1e6 / variant.seconds},
          {"sends_per_mib", calls / (bytes / mebibyte)},
          {"reads_per_mib", measured.reads / (measured.bytes / mebibyte)},
          {"in_flight_bytes", most}};
}

nlohmann::ordered_json bursts(double pause_s, const route &way) {
  const connected_pair pair = connect_pair(way);
  const int on = 1;
  checked(setsockopt(pair.client.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
  std::thread receiver([&] { read_burst(pair.server.get()); });
  send_burst(pair.client);
  send_burst(pair.client);
  std::this_thread::sleep_for(seconds(pause_s));
  const auto begin = clock::now();
  const double window = send_burst(pair.client);
  const std::chrono::duration<double, std::milli> time = clock::now() - begin;
  shutdown(pair.client.get(), SHUT_WR);
  receiver.join();
  return {{"window_segments", window}, {"burst_ms", time.count()}};
}

} // namespace scenarios
