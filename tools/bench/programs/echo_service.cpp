//===- echo_service.cpp - a server that loses nothing -----------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "echo_service.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>

namespace bench {

using namespace messaging;

echo_service::echo_service(messaging_server &server) : server(server) {
  server.set_message_handler([this](auto id, auto data) { answer(id, std::move(data)); });
  server.set_writable_handler([this](auto id) { on_writable(id); });
  server.set_disconnect_handler([this](auto id) { forget(id); });
}

void echo_service::answer(session_id id, payload &&data) {
  const send_result sent = server.send(id, std::move(data));
  if (sent)
    return;
  if (sent.error() != error_code::would_block) {
    server.close(id);
    return;
  }
  server.pause_receive(id);
  const std::lock_guard lock(mutex);
  held.insert_or_assign(id, std::move(data));
}

void echo_service::on_writable(session_id id) {
  payload data;
  {
    const std::lock_guard lock(mutex);
    const auto found = held.find(id);
    if (found == held.end())
      return;
    data = std::move(found->second);
    held.erase(found);
  }
  server.resume_receive(id);
  answer(id, std::move(data));
}

void echo_service::forget(session_id id) {
  const std::lock_guard lock(mutex);
  held.erase(id);
}

namespace {
sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}
} // namespace

void block_signals() {
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int serve_until_signal(messaging_server &server, std::uint16_t port) {
  if (const result started = server.start(port); !started) {
    const auto why = started.error() == error_code::refused ? std::string_view("in use")
                                                            : to_string(started.error());
    std::cerr << program_invocation_short_name << ": port " << port << ": " << why << "\n";
    return 1;
  }
  std::cout << "port " << server.port() << std::endl;
  if (!std::cout) { // whoever waits for the port never learns it
    std::cerr << program_invocation_short_name << ": standard output: " << std::strerror(errno)
              << "\n";
    server.stop();
    server.wait();
    return 1;
  }
  const sigset_t signals = ending_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
  server.wait();
  return 0;
}

} // namespace bench
