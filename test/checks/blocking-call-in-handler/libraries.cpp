// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Libraries other than Asio register by other means: an overridden method, a
// field, a builder, a name in any namespace; some run their handlers on threads
// where waiting is allowed.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <network_system_mock.h>
#include <optional>
#include <span>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
namespace net = kcenon::network;

// An override of the library's observer. Its base's other methods are handlers
// too; a method that only has the name is none.
class observer : public net::interfaces::connection_observer {
public:
  void on_receive(std::span<const std::uint8_t> data) override {
    parse(data);
  }
  void on_connected() override {}
  void on_disconnected(std::optional<std::string_view>) override {}
  void on_error(std::error_code) override {}
  void on_receive(int) { std::this_thread::sleep_for(1s); }

private:
  void parse(std::span<const std::uint8_t>) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'observer::on_receive'; {{.*}} [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-12]]:8: note: 'observer::on_receive' runs on the event loop: it overrides 'kcenon::network::interfaces::connection_observer::on_receive'
// CHECK-NOTES: :[[@LINE-12]]:5: note: 'observer::on_receive' calls 'observer::parse' here
// CHECK-NOTES: :[[@LINE-4]]:5: note: 'std::this_thread::sleep_for' waits for time to pass
// CHECK-NOTES: :[[@LINE-5]]:5: note: guide: {{.*}}PERFORMANCE_TUNING.md#blocking-call-in-handler
  }
};
// Two steps away from the library's class.
class logging_observer : public observer {
  void on_connected() override {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from handler 'logging_observer::on_connected'; {{.*}} [nettune-blocking-call-in-handler]
  }
};
class stranger {
  virtual void on_connected() { std::this_thread::sleep_for(1s); }
};

// Fields: assigned, or initialised by name.
void by_field(net::unified::i_connection &connection, net::unified::i_listener &listener) {
  net::unified::connection_callbacks callbacks;
  callbacks.on_data = [](std::span<const std::byte>) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'kcenon::network::unified::connection_callbacks::on_data'; {{.*}} [nettune-blocking-call-in-handler]
  };
  connection.set_callbacks(callbacks);
  listener.set_callbacks({
      .on_accept =
          [](std::string_view) {
            std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'kcenon::network::unified::listener_callbacks::on_accept'; {{.*}} [nettune-blocking-call-in-handler]
          },
  });
}

// A builder, whose methods share their names with the virtual ones.
void by_builder(net::interfaces::callback_adapter &adapter) {
  adapter
      .on_connected([] {
        std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'kcenon::network::interfaces::callback_adapter::on_connected'; {{.*}} [nettune-blocking-call-in-handler]
      })
      .on_error([](std::error_code) {
        std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'kcenon::network::interfaces::callback_adapter::on_error'; {{.*}} [nettune-blocking-call-in-handler]
      });
}

// By path; a virtual registration through the interface.
net::internal::http_response serve(const net::internal::http_request_context &) {
  std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'kcenon::network::core::http_server::get'; {{.*}} [nettune-blocking-call-in-handler]
  return {};
}
void by_call(net::core::http_server &http, net::interfaces::i_server &server) {
  http.get("/", serve);
  server.set_receive_callback([](std::string_view, const net::Bytes &) {
    std::this_thread::sleep_for(1s);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'kcenon::network::interfaces::i_server::set_receive_callback'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// A thread a session, and jobs that a pool executes: waiting is allowed there.
void by_thread(pacs::bridge::mllp::mllp_server &server) {
  server.set_message_handler([](const auto &message, const auto &) {
    std::this_thread::sleep_for(1s);
    return std::optional(message);
  });
}
class backup : public kcenon::common::interfaces::IJob {
  void execute() override { std::this_thread::sleep_for(1s); }
};
void start_backup(net::interfaces::i_server &server, kcenon::common::interfaces::IExecutor &pool) {
  server.set_error_callback([&pool](std::string_view, std::error_code) {
    pool.execute(std::make_unique<backup>());
  });
}

// The reference server, in whatever namespace: its handlers run on the loop, what
// they enqueue does not.
namespace chat {
using payload = std::vector<std::uint8_t>;
enum class session_id : std::uint64_t {};
class messaging_server {
public:
  void set_message_handler(std::function<void(session_id, payload)> handler);
  void send(session_id id, payload &&data);
};
class thread_pool {
public:
  template <typename Work> void enqueue(Work &&work);
};
static payload query(const payload &data) {
  std::this_thread::sleep_for(5ms);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the event loop: called from the handler given to 'chat::messaging_server::set_message_handler'; {{.*}} [nettune-blocking-call-in-handler]
  return data;
}
static payload query_on_worker(const payload &data) {
  std::this_thread::sleep_for(5ms);
  return data;
}
void bad(messaging_server &server) {
  server.set_message_handler([&](auto id, auto data) { server.send(id, query(data)); });
}
void good(messaging_server &server, thread_pool &workers) {
  server.set_message_handler([&](auto id, auto data) {
    workers.enqueue([&server, id, data] { server.send(id, query_on_worker(data)); });
  });
}
template <typename Work> void thread_pool::enqueue(Work &&) {}
} // namespace chat
