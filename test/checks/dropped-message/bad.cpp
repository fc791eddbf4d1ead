// RUN: %nettune_check %s nettune-dropped-message -- -I%source_root/tools/bench/messaging
//
// The next message is sent although this one was not.

#include "messaging.h"

#include <asio.hpp>
#include <cerrno>
#include <chrono>
#include <iostream>
#include <optional>
#include <queue>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using asio::ip::tcp;

// It says "wait and retry", but `continue` takes the next message.
void sleep_and_continue(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &msg : messages) {
    auto result = client.send(msg);
    if (!result) {
      if (result.error() == messaging::error_code::would_block) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        continue;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: message 'msg' is dropped when 'messaging::messaging_client::send' does not take it; keep it until it is sent [nettune-dropped-message]
// CHECK-NOTES: :[[@LINE-6]]:26: note: 'messaging::messaging_client::send' fails here
// CHECK-NOTES: :[[@LINE-3]]:9: note: after 'std::this_thread::sleep_for' the next message is sent, not this one
// CHECK-NOTES: :[[@LINE-4]]:9: note: guide: docs/PERFORMANCE_TUNING.md#ignored-send-result
      }
    }
  }
}
void just_continue(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages)
    if (!client.send(std::move(message)))
      continue;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'message' is dropped when 'messaging::messaging_client::send' does not take it; keep it until it is sent [nettune-dropped-message]
}
void in_the_else(messaging::messaging_client &client, std::vector<messaging::payload> &messages, int &sent) {
  for (auto &message : messages) {
    if (client.send(std::move(message))) {
      ++sent;
    } else {
      std::this_thread::yield();
      continue;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'message' is dropped when 'messaging::messaging_client::send' does not take it; keep it until it is sent [nettune-dropped-message]
    }
  }
}
void falls_through(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages) {
    messaging::send_result result = client.send(std::move(message));
    if (result.error() == messaging::error_code::would_block)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'message' is dropped when 'messaging::messaging_client::send' does not take it; keep it until it is sent [nettune-dropped-message]
  }
}
void again(int fd, const std::vector<std::string> &lines) {
  for (const std::string &line : lines) {
    ssize_t sent = send(fd, line.data(), line.size(), MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        usleep(1000);
        continue;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: message 'line' is dropped when 'send' does not take it; keep it until it is sent [nettune-dropped-message]
      }
      return;
    }
  }
}
void in_one_condition(int fd, const std::vector<std::string> &lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (send(fd, lines[i].data(), lines[i].size(), MSG_DONTWAIT) == -1 && errno == EAGAIN) {
      usleep(1000);
      continue;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'lines[i]' is dropped when 'send' does not take it; keep it until it is sent [nettune-dropped-message]
    }
  }
}
void popped(messaging::messaging_client &client, std::queue<messaging::payload> &waiting) {
  while (!waiting.empty()) {
    messaging::payload next = std::move(waiting.front());
    waiting.pop();
    if (!client.send(std::move(next)))
      continue;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'next' is dropped when 'messaging::messaging_client::send' does not take it; keep it until it is sent [nettune-dropped-message]
  }
}
void popped_and_left(messaging::messaging_client &client, std::queue<messaging::payload> &waiting) {
  while (!waiting.empty()) {
    messaging::payload next = std::move(waiting.front());
    waiting.pop();
    if (!client.send(std::move(next)))
      return;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'next' is dropped when 'messaging::messaging_client::send' does not take it; keep it until it is sent [nettune-dropped-message]
  }
}
std::optional<std::string> take_line();
void taken(tcp::socket &socket) {
  while (auto line = take_line()) {
    asio::error_code error;
    asio::write(socket, asio::buffer(*line), error);
    if (error) {
      std::cerr << "busy, waiting\n";
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      continue;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'line' is dropped when 'asio::write' does not take it; keep it until it is sent [nettune-dropped-message]
    }
  }
}
// Put back for another reason, or only looked at.
void interrupted(int fd, std::queue<std::string> &waiting) {
  while (!waiting.empty()) {
    std::string message = std::move(waiting.front());
    waiting.pop();
    ssize_t sent = send(fd, message.data(), message.size(), MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) {
      waiting.push(message);
      continue;
    }
    if (sent < 0)
      return;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'message' is dropped when 'send' does not take it; keep it until it is sent [nettune-dropped-message]
  }
}
void size_only(int fd, std::queue<std::string> &waiting, std::size_t &lost) {
  while (!waiting.empty()) {
    std::string message = std::move(waiting.front());
    waiting.pop();
    ssize_t sent = send(fd, message.data(), message.size(), MSG_DONTWAIT);
    if (sent < 0 && errno == EAGAIN)
      lost += message.size();
    if (sent < 0)
      continue;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: message 'message' is dropped when 'send' does not take it; keep it until it is sent [nettune-dropped-message]
  }
}
