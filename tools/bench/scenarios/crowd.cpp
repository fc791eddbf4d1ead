//===- crowd.cpp - more clients than a server takes -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"

#include "messaging.h"
#include "programs/echo_service.h"

#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <vector>

namespace scenarios {

namespace {

using frame = std::array<char, 5>; // a message of one byte

descriptor connect_to(std::uint16_t port) {
  descriptor client(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  checked(connect(client.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address),
          "connect");
  const timeval patience{5, 0};
  checked(setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience),
          "setsockopt");
  return client;
}

/// False: the server has closed the connection.
bool is_served(const descriptor &client) {
  const frame request{0, 0, 0, 1, 'x'};
  frame answer{};
  return send(client.get(), request.data(), request.size(), MSG_NOSIGNAL) ==
             static_cast<ssize_t>(request.size()) &&
         recv(client.get(), answer.data(), answer.size(), MSG_WAITALL) ==
             static_cast<ssize_t>(answer.size());
}

} // namespace

nlohmann::ordered_json crowd(std::size_t limit, int clients) {
  messaging::messaging_server server("crowd");
  server.set_max_connections(limit);
  bench::echo_service echo(server);
  if (const messaging::result started = server.start(0); !started)
    throw std::runtime_error(std::string(to_string(started.error())));
  std::vector<descriptor> connected;
  for (int i = 0; i < clients; ++i)
    connected.push_back(connect_to(server.port()));
  int served = 0;
  for (const descriptor &client : connected)
    served += is_served(client);
  connected.clear();
  server.stop();
  server.wait();
  return {{"lost_share", 1 - static_cast<double>(served) / clients}};
}

} // namespace scenarios
