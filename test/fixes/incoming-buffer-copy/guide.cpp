// FIXES: 12
//
// The guide's API. The server is a stand-in that hands each message to the
// handler on the calling thread; the pool runs its tasks when it ends.

#include "messaging.h"

#include <iostream>
#include <map>
#include <numeric>
#include <string>

using messaging::payload;
using messaging::session_id;

namespace messaging {
class messaging_server::impl {
public:
  message_handler handler;
};
messaging_server::messaging_server(std::string) : self(std::make_unique<impl>()) {}
messaging_server::~messaging_server() = default;
void messaging_server::set_message_handler(message_handler handler) {
  // The first message goes to the handler that is given first, and so on.
  static std::uint8_t number = 0;
  ++number;
  payload message(100 + number);
  std::iota(message.begin(), message.end(), number);
  self->handler = std::move(handler);
  self->handler(session_id{number}, std::move(message));
}

class thread_pool::impl {
public:
  std::vector<std::unique_ptr<task>> tasks;
};
thread_pool::thread_pool(std::size_t, std::size_t) : self(std::make_unique<impl>()) {}
thread_pool::~thread_pool() {
  for (auto &task : self->tasks)
    task->run();
}
result thread_pool::push(std::unique_ptr<task> work) {
  self->tasks.push_back(std::move(work));
  return {};
}
} // namespace messaging

namespace {

void print(const char *what, const payload &data) {
  std::cout << what << ' ' << data.size() << ' ' << std::accumulate(data.begin(), data.end(), 0u) << '\n';
}

payload kept;
void keep(payload data) { kept = std::move(data); }

void locals(messaging::messaging_server &server) {
  server.set_message_handler([](session_id, payload data) {
    auto copy = data;
    print("copy", copy);
    payload other(data);
    print("other", other);
    print("data", data);
  });
}

void captures(messaging::messaging_server &server, messaging::thread_pool &pool) {
  server.set_message_handler([](session_id, payload data) {
    [data] { print("at once", data); }();
    auto later = [data](const char *what) { print(what, data); };
    later("named");
    later("twice");
  });
  server.set_message_handler([&pool](session_id, payload data) {
    print("before", data);
    pool.enqueue([data] { print("captured", data); });
  });
  server.set_message_handler([&pool](session_id id, payload data) {
    pool.enqueue([=] { print(id == session_id{4} ? "session 4" : "another", data); });
  });
  server.set_message_handler([&pool](session_id, payload data) {
    pool.enqueue([bytes = data]() mutable {
      bytes.push_back(1);
      print("changed", bytes);
    });
  });
}

void both_by_default(messaging::messaging_server &server, messaging::thread_pool &pool) {
  server.set_message_handler([&pool](session_id, payload data) {
    payload second = data;
    second.push_back(1);
    pool.enqueue([=] {
      print("first of both", data);
      print("second of both", second);
    });
  });
}

void arguments(messaging::messaging_server &server) {
  static std::vector<payload> all;
  static std::map<session_id, payload> last;
  server.set_message_handler([](session_id, payload data) { keep(data); });
  server.set_message_handler([](session_id, payload data) { all.push_back(data); });
  server.set_message_handler([](session_id id, payload data) { last[id] = data; });
  print("kept", kept);
  for (const payload &data : all)
    print("one of all", data);
  for (const auto &[id, data] : last)
    print(id == session_id{9} ? "of session 9" : "of another", data);
}

} // namespace

int main() {
  messaging::messaging_server server("fixes");
  messaging::thread_pool pool(1, 100);
  locals(server);
  captures(server, pool);
  both_by_default(server, pool);
  arguments(server);
}
