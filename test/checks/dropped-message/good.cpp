// RUN: %nettune_check %s nettune-dropped-message -- -I%source_root/tools/bench/messaging
//
// The message is kept, sent again, or dropped by a rule.

#include "messaging.h"

#include <cerrno>
#include <chrono>
#include <deque>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

void kept(messaging::messaging_client &client, std::vector<messaging::payload> &messages,
          std::deque<messaging::payload> &waiting) {
  for (auto &message : messages)
    if (!client.send(std::move(message))) {
      waiting.push_back(std::move(message));
      continue;
    }
}
void counted(messaging::messaging_client &client, std::vector<messaging::payload> &messages, int &dropped) {
  for (auto &message : messages) {
    if (!client.send(std::move(message))) {
      ++dropped;
      continue;
    }
  }
}
void waits(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages)
    while (!client.send(std::move(message)))
      client.wait_writable(std::chrono::seconds(1));
}
void retries(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages) {
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (client.send(std::move(message)))
        break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      continue;
    }
  }
}
void same_again(int fd, const std::vector<std::string> &lines) {
  std::size_t i = 0;
  while (i < lines.size()) {
    if (send(fd, lines[i].data(), lines[i].size(), MSG_DONTWAIT) < 0) {
      usleep(1000);
      continue;
    }
    ++i;
  }
}
void stepped_back(int fd, const std::vector<std::string> &lines) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (send(fd, lines[i].data(), lines[i].size(), MSG_DONTWAIT) < 0) {
      usleep(1000);
      --i;
      continue;
    }
}
void stays_in_the_queue(messaging::messaging_client &client, std::deque<messaging::payload> &waiting) {
  while (!waiting.empty()) {
    if (!client.send(std::move(waiting.front())))
      return;
    waiting.pop_front();
  }
}
bool told(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages)
    if (!client.send(std::move(message)))
      return false;
  return true;
}
void polls(int fd, const std::vector<std::string> &lines) {
  for (const std::string &line : lines) {
    ssize_t sent = send(fd, line.data(), line.size(), MSG_DONTWAIT);
    if (sent < 0 && errno == EAGAIN) {
      pollfd writable{fd, POLLOUT, 0};
      poll(&writable, 1, 1000);
      sent = send(fd, line.data(), line.size(), MSG_DONTWAIT);
    }
    if (sent < 0)
      return;
  }
}
