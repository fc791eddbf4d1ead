// RUN: %nettune_check %s nettune-incoming-buffer-copy -- -I%source_root/tools/bench/messaging
//
// What is repaired, and what is only said: a reference to what others may change
// is not offered.

#include "messaging.h"

#include <iostream>

using messaging::payload;
using messaging::session_id;

static messaging::messaging_server server("orders");
static messaging::thread_pool pool(4, 100);
static void use(const payload &data) { std::cout << data.size(); }

void locals() {
  server.set_message_handler([](session_id, payload data) {
    auto copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: const auto &copy = data;
    use(copy);
    payload other(data);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: received buffer 'data' is copied into 'other' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: const payload &other(data);
    use(other);
  });
  server.set_message_handler([](session_id, const payload &data) {
    auto copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: auto copy = data;
    use(copy);
  });
}

void captures() {
  server.set_message_handler([](session_id, payload data) {
    std::cout << [data] { return data.size(); }();
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied into a lambda that runs at once; capture it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: std::cout << [&data] { return data.size(); }();
    pool.enqueue([data] { use(data); });
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied at its last use; move it: 'data = std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: pool.enqueue([data = std::move(data)] { use(data); });
  });
  server.set_message_handler([](session_id id, payload data) {
    pool.enqueue([=] { server.send(id, data); });
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied at its last use; move it: 'data = std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: pool.enqueue([=, data = std::move(data)] { server.send(id, data); });
  });
  server.set_message_handler([](session_id, payload data) {
    pool.enqueue([bytes = data]() mutable { bytes.clear(); });
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied at its last use; move it: 'bytes = std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: pool.enqueue([bytes = std::move(data)]() mutable { bytes.clear(); });
  });
}

static void keep(payload data) {
  static payload kept;
  kept = std::move(data);
}
void arguments() {
  server.set_message_handler([](session_id, payload data) {
    keep(data);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: received buffer 'data' is copied at its last use; move it: 'std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: keep(std::move(data));
  });
  server.set_message_handler([](session_id, payload data) {
    static std::vector<payload> all;
    all.push_back(data);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: received buffer 'data' is copied at its last use; move it: 'std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: all.push_back(std::move(data));
  });
  server.set_message_handler([](session_id, payload data) {
    static payload last;
    last = data;
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: received buffer 'data' is copied at its last use; move it: 'std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: last = std::move(data);
  });
}

// The text of a template is that of its other instantiations, too: one needs the copy.
template <typename Bytes> static void shared(Bytes data) {
  auto copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: auto copy = data;
  if constexpr (std::is_same_v<Bytes, std::string>)
    copy.clear();
  std::cout << copy.size();
}
template <typename Bytes> static void once(Bytes data) {
  auto copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: const auto &copy = data;
  use(copy);
}
template <typename Bytes> struct session {
  void on_message(Bytes data) {
    auto copy = data;
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: received buffer 'data' is copied into 'copy' but never modified; use it by reference [nettune-incoming-buffer-copy]
// CHECK-FIXES: auto copy = data;
    if constexpr (std::is_same_v<Bytes, std::string>)
      copy.clear();
    std::cout << copy.size();
  }
};
void instantiations() {
  session<std::string>().on_message("text");
  server.set_message_handler([](session_id, payload data) { session<payload>().on_message(std::move(data)); });
  shared(std::string("text"));
  server.set_message_handler([](session_id, payload data) { shared(std::move(data)); });
  server.set_message_handler([](session_id, payload data) { once(std::move(data)); });
  server.set_message_handler([](auto, auto data) {
    static payload last;
    last = data;
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: received buffer 'data' is copied at its last use; move it: 'std::move(data)' [nettune-incoming-buffer-copy]
// CHECK-FIXES: last = std::move(data);
  });
}
