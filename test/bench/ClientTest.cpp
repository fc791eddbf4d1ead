//===- ClientTest.cpp - the client, and both ends together ------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RawPeer.h"
#include "Waiting.h"

#include "messaging.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <mutex>

using namespace messaging;
using namespace std::chrono_literals;

namespace {

/// A listening socket that accepts nobody; its backlog fills up.
class deaf_listener {
public:
  deaf_listener() : fd(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(fd, reinterpret_cast<sockaddr *>(&address), size);
    listen(fd, 0);
    getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    port = ntohs(address.sin_port);
  }
  ~deaf_listener() { close(fd); }
  deaf_listener(const deaf_listener &) = delete;
  deaf_listener &operator=(const deaf_listener &) = delete;
  std::uint16_t port = 0;

private:
  const int fd;
};

std::uint16_t free_port() { return deaf_listener().port; }

void echo_on(messaging_server &server) {
  server.set_message_handler([&](session_id id, payload data) {
    if (!server.send(id, std::move(data)))
      server.close(id);
  });
  ASSERT_TRUE(server.start(0));
}

TEST(Client, SaysWhyItCannotConnect) {
  messaging_client client("c");
  EXPECT_EQ(client.connect("localhost", free_port()).error(), error_code::refused);
  EXPECT_EQ(client.connect("no.such.host.invalid", 1).error(), error_code::unresolved);
  EXPECT_EQ(client.send(payload(1)).error(), error_code::closed);
  EXPECT_EQ(client.wait_writable(1ms).error(), error_code::closed);
}

TEST(Client, GivesUpOnADeafPeer) {
  const deaf_listener deaf;
  const raw_peer fills_the_backlog(deaf.port);
  messaging_client client("c");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(client.connect("127.0.0.1", deaf.port, 100ms).error(), error_code::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Client, IsDestroyedWhileConnecting) {
  const deaf_listener deaf;
  const raw_peer fills_the_backlog(deaf.port);
  std::atomic<int> outcome{-1};
  const auto begin = std::chrono::steady_clock::now();
  {
    messaging_client client("c");
    client.async_connect("127.0.0.1", deaf.port,
                         [&](result r) { outcome = static_cast<int>(r.error()); });
  }
  EXPECT_EQ(outcome, static_cast<int>(error_code::closed));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Client, ConnectsAgain) {
  messaging_server server("s");
  echo_on(server);
  std::atomic<int> received{0}, connected{0}, disconnected{0};
  messaging_client client("c");
  client.set_message_handler([&](const payload &) { ++received; });
  client.set_connect_handler([&] { ++connected; });
  client.set_disconnect_handler([&] { ++disconnected; });
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(client.connect("localhost", server.port()));
    EXPECT_THROW((void)client.connect("localhost", server.port()), std::logic_error);
    EXPECT_TRUE(client.send(payload(10)));
    EXPECT_TRUE(eventually([&] { return received == i; }));
    client.disconnect();
  }
  EXPECT_TRUE(eventually([&] { return disconnected == 3; }));
  EXPECT_EQ(connected, 3);
}

TEST(Client, LearnsThatTheServerIsGone) {
  auto server = std::make_unique<messaging_server>("s");
  echo_on(*server);
  std::atomic<bool> gone{false};
  messaging_client client("c");
  client.set_disconnect_handler([&] { gone = true; });
  ASSERT_TRUE(client.connect("localhost", server->port()));
  server.reset();
  EXPECT_TRUE(eventually([&] { return gone.load(); }));
  EXPECT_EQ(client.send(payload(1)).error(), error_code::closed);
}

/// Sends all, waiting for room where there is none; each message carries its number.
std::uint64_t send_numbered(messaging_client &client, std::uint64_t count, std::size_t size) {
  std::uint64_t waits = 0;
  for (std::uint64_t i = 0; i < count;) {
    payload message(size);
    for (std::size_t b = 0; b < 8; ++b)
      message[b] = static_cast<std::uint8_t>(i >> (8 * b));
    const send_result sent = client.send(std::move(message));
    if (sent) {
      ++i;
      continue;
    }
    if (sent.error() != error_code::would_block || !client.wait_writable(10s))
      return 0;
    ++waits;
  }
  return waits + 1;
}

/// Through an echo server and back: nothing lost, changed or out of order.
void expect_all_back(messaging_server &server, messaging_client &client, std::uint64_t count,
                     std::size_t size) {
  std::atomic<std::uint64_t> received{0}, wrong{0};
  client.set_message_handler([&](const payload &data) {
    std::uint64_t number = 0;
    for (std::size_t b = 0; b < 8 && b < data.size(); ++b)
      number |= std::uint64_t{data[b]} << (8 * b);
    wrong += data.size() != size || number != received;
    ++received;
  });
  // An echo that never loses: what does not fit waits here, and reading pauses.
  std::mutex mutex;
  std::deque<payload> held;
  const auto drain = [&](session_id id) {
    while (!held.empty() && server.send(id, std::move(held.front())))
      held.pop_front();
    if (held.empty())
      server.resume_receive(id);
  };
  server.set_writable_handler([&](session_id id) {
    const std::lock_guard lock(mutex);
    drain(id);
  });
  server.set_message_handler([&](session_id id, payload data) {
    const std::lock_guard lock(mutex);
    if (held.empty() && server.send(id, std::move(data)))
      return;
    held.push_back(std::move(data));
    server.pause_receive(id);
  });
  ASSERT_TRUE(server.start(0));
  ASSERT_TRUE(client.connect("localhost", server.port()));
  EXPECT_GT(send_numbered(client, count, size), 0u);
  EXPECT_TRUE(eventually([&] { return received == count; }));
  EXPECT_EQ(received, count);
  EXPECT_EQ(wrong, 0u);
  server.stop();
  server.wait();
}

TEST(BothEnds, LoseNothingUnderBackPressure) {
  messaging_server server("s");
  server.set_max_pending_messages(4);
  messaging_client client("c");
  client.set_max_pending_messages(3);
  expect_all_back(server, client, 20000, 100);
}

TEST(BothEnds, LoseNothingWithBytesAsTheLimit) {
  messaging_server server("s");
  server.set_max_pending_bytes(100000);
  server.set_receive_buffer_size(65536);
  messaging_client client("c");
  client.set_max_pending_bytes(300000);
  client.set_tcp_nodelay(true);
  expect_all_back(server, client, 500, 70000);
}

TEST(BothEnds, LoseNothingWithZeroCopy) {
  messaging_server server("s");
  server.enable_zero_copy(true);
  messaging_client client("c");
  client.enable_zero_copy(true);
  client.set_max_pending_bytes(1000000);
  expect_all_back(server, client, 500, 70000);
}

TEST(BothEnds, ServeManyClientsOnSeveralLoops) {
  messaging_server server("s");
  server.set_thread_count(4);
  server.set_io_threads(2);
  echo_on(server);
  std::atomic<int> received{0};
  std::vector<std::unique_ptr<messaging_client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<messaging_client>("c"));
    clients.back()->set_message_handler([&](const payload &) { ++received; });
    ASSERT_TRUE(clients.back()->connect("localhost", server.port()));
  }
  for (int round = 0; round < 50; ++round)
    for (const auto &client : clients)
      EXPECT_TRUE(client->send(payload(100)));
  EXPECT_TRUE(eventually([&] { return received == 1000; }));
}

} // namespace
