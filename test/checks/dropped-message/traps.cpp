// RUN: %nettune_check %s nettune-dropped-message -- -I%source_root/tools/bench/messaging
//
// `continue` after a send that loses nothing of this loop's.

#include "messaging.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <deque>
#include <map>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

// A loop over receivers: whoever cannot take the message does without.
void to_all(messaging::messaging_server &server, const std::vector<messaging::session_id> &sessions,
            const messaging::payload &news) {
  for (auto id : sessions)
    if (!server.send(id, news))
      continue;
}
struct peer {
  int fd;
  std::string pending;
};
void flush_all(std::vector<peer> &peers) {
  for (peer &p : peers) {
    if (send(p.fd, p.pending.data(), p.pending.size(), MSG_DONTWAIT) < 0)
      continue;
    p.pending.clear();
  }
}
// A rule that says so.
void told_the_user(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages)
    if (!client.send(std::move(message))) {
      std::fprintf(stderr, "dropped %zu bytes\n", message.size());
      continue;
    }
}
void logged(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages)
    if (!client.send(std::move(message))) {
      std::fprintf(stderr, "queue full, message dropped\n");
      continue;
    }
}
// Somebody else's business.
void on_failure(const messaging::payload &message);
void overload();
void handled(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages) {
    if (!client.send(std::move(message))) {
      on_failure(message);
      continue;
    }
    if (!client.send(std::move(message))) {
      overload();
      continue;
    }
  }
}
// The success goes on.
void first_that_works(messaging::messaging_client &client, std::vector<messaging::payload> &messages) {
  for (auto &message : messages) {
    auto result = client.send(std::move(message));
    if (result)
      continue;
    client.disconnect();
    break;
  }
}
// The end of the connection.
void closes(int fd, const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    if (send(fd, line.data(), line.size(), 0) < 0) {
      close(fd);
      return;
    }
}
// Datagrams.
void datagrams(int fd, const sockaddr_in &to, const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    if (sendto(fd, line.data(), line.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to) < 0)
      continue;
}
// A heartbeat: the next one says the same.
void heartbeat(int fd, const std::string &beat, const bool &stop) {
  while (!stop) {
    if (send(fd, beat.data(), beat.size(), MSG_DONTWAIT) < 0) {
      sleep(1);
      continue;
    }
    sleep(1);
  }
}
// The test is another one.
void skips_empty(messaging::messaging_client &client, std::vector<messaging::payload> &messages, int &sent) {
  for (auto &message : messages) {
    if (message.empty())
      continue;
    if (client.send(std::move(message)))
      ++sent;
  }
}

// Put back when the socket is full; what else fails is the end of the connection.
void put_back(int fd, std::deque<std::string> &waiting) {
  while (!waiting.empty()) {
    std::string message = std::move(waiting.front());
    waiting.pop_front();
    ssize_t sent = send(fd, message.data(), message.size(), MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      waiting.emplace_front(std::move(message));
      return;
    }
    if (sent < 0)
      return;
  }
}
void fatal_first(int fd, std::deque<std::string> &waiting) {
  while (!waiting.empty()) {
    std::string message = std::move(waiting.front());
    waiting.pop_front();
    ssize_t sent = send(fd, message.data(), message.size(), MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
      return;
    if (sent < 0) {
      waiting.push_front(message);
      continue;
    }
  }
}
