//===- network_system_mock.h - a small kcenon/network_system ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Debian has no package of github.com/kcenon/network_system. Declared here is
// what checks/model/apis/network-system.json names of it, each with the file
// that its signature is from; a shared pointer or result type is a stand-in. The
// commit is ea816d5b; with NETTUNE_NETWORK_OLD the namespace is that of 28c80dd0.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_NETWORK_SYSTEM_MOCK_H
#define NETTUNE_TEST_MOCKS_NETWORK_SYSTEM_MOCK_H

#include "kcenon_libraries_mock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#ifdef NETTUNE_NETWORK_OLD
#define NETTUNE_NETWORK network_system
#else
#define NETTUNE_NETWORK kcenon::network
#endif

namespace NETTUNE_NETWORK {
struct VoidResult {};
using Bytes = std::vector<std::uint8_t>;
} // namespace NETTUNE_NETWORK

namespace NETTUNE_NETWORK::session {

// include/kcenon/network/detail/session/messaging_session.h
struct messaging_session {
  void set_receive_callback(std::function<void(const Bytes &)> callback);
};

// include/kcenon/network/detail/session/secure_session.h
struct secure_session {
  void set_receive_callback(std::function<void(const Bytes &)> callback);
};

} // namespace NETTUNE_NETWORK::session

namespace NETTUNE_NETWORK::internal {

// src/internal/tcp/tcp_socket.h
struct tcp_socket {
  void set_receive_callback(std::function<void(const Bytes &)> callback);
  void set_receive_callback_view(std::function<void(std::span<const std::uint8_t>)> callback);
  void set_backpressure_callback(std::function<void(bool)> callback);
  void set_error_callback(std::function<void(std::error_code)> callback);
  void async_send(Bytes &&data, std::function<void(std::error_code, std::size_t)> handler);
#ifndef NETTUNE_NETWORK_OLD
  [[nodiscard]] bool try_send(Bytes &&data, std::function<void(std::error_code, std::size_t)> handler);
#endif
};

struct http_request_context {};
struct http_response {};
struct ws_message {};

} // namespace NETTUNE_NETWORK::internal

#ifndef NETTUNE_NETWORK_OLD
namespace kcenon::network::interfaces {

using SendCallback = std::function<void(std::error_code, std::size_t)>;

// include/kcenon/network/interfaces/i_session.h
struct i_session {
  [[nodiscard]] virtual VoidResult send(Bytes &&data) = 0;
};

// include/kcenon/network/interfaces/i_network_component.h
struct i_network_component {
  virtual void wait_for_stop() = 0;
};

// include/kcenon/network/interfaces/i_protocol_server.h, i_server.h
struct i_protocol_server {
  virtual void set_receive_callback(std::function<void(std::string_view, const Bytes &)> callback) = 0;
  virtual void set_connection_callback(std::function<void(std::shared_ptr<i_session>)> callback) = 0;
  virtual void set_disconnection_callback(std::function<void(std::string_view)> callback) = 0;
  virtual void set_error_callback(std::function<void(std::string_view, std::error_code)> callback) = 0;
};
struct i_server {
  virtual void set_receive_callback(std::function<void(std::string_view, const Bytes &)> callback) = 0;
  virtual void set_connection_callback(std::function<void(std::shared_ptr<i_session>)> callback) = 0;
  virtual void set_disconnection_callback(std::function<void(std::string_view)> callback) = 0;
  virtual void set_error_callback(std::function<void(std::string_view, std::error_code)> callback) = 0;
};

// include/kcenon/network/interfaces/i_protocol_client.h, i_client.h
struct i_protocol_client {
  [[nodiscard]] virtual VoidResult send(Bytes &&data) = 0;
  virtual void set_receive_callback(std::function<void(const Bytes &)> callback) = 0;
  virtual void set_connected_callback(std::function<void()> callback) = 0;
  virtual void set_disconnected_callback(std::function<void()> callback) = 0;
  virtual void set_error_callback(std::function<void(std::error_code)> callback) = 0;
};
struct i_client {
  [[nodiscard]] virtual VoidResult send(Bytes &&data) = 0;
  virtual void set_receive_callback(std::function<void(const Bytes &)> callback) = 0;
  virtual void set_connected_callback(std::function<void()> callback) = 0;
  virtual void set_disconnected_callback(std::function<void()> callback) = 0;
  virtual void set_error_callback(std::function<void(std::error_code)> callback) = 0;
};

// include/kcenon/network/interfaces/connection_observer.h
struct connection_observer {
  virtual ~connection_observer() = default;
  virtual void on_receive(std::span<const std::uint8_t> data) = 0;
  virtual void on_connected() = 0;
  virtual void on_disconnected(std::optional<std::string_view> reason = std::nullopt) = 0;
  virtual void on_error(std::error_code ec) = 0;
};
struct callback_adapter : connection_observer {
  callback_adapter &on_receive(std::function<void(std::span<const std::uint8_t>)> fn);
  callback_adapter &on_connected(std::function<void()> fn);
  callback_adapter &on_disconnected(std::function<void(std::optional<std::string_view>)> fn);
  callback_adapter &on_error(std::function<void(std::error_code)> fn);
  void on_receive(std::span<const std::uint8_t> data) override;
  void on_connected() override;
  void on_disconnected(std::optional<std::string_view> reason) override;
  void on_error(std::error_code ec) override;
};

// include/kcenon/network/interfaces/i_udp_server.h, i_udp_client.h
struct i_udp_server {
  struct endpoint_info {};
  [[nodiscard]] virtual VoidResult send_to(const endpoint_info &endpoint, Bytes &&data,
                                           SendCallback handler = nullptr) = 0;
  virtual void set_receive_callback(std::function<void(const Bytes &, const endpoint_info &)> callback) = 0;
};
struct i_udp_client {
  struct endpoint_info {};
  [[nodiscard]] virtual VoidResult send(Bytes &&data, SendCallback handler = nullptr) = 0;
  virtual void set_receive_callback(std::function<void(const Bytes &, const endpoint_info &)> callback) = 0;
};

// include/kcenon/network/interfaces/i_websocket_server.h, i_websocket_client.h
struct i_websocket_session : i_session {
  [[nodiscard]] virtual VoidResult send_text(std::string &&message) = 0;
  [[nodiscard]] virtual VoidResult send_binary(Bytes &&data) = 0;
};
struct i_websocket_server {
  virtual void set_text_callback(std::function<void(std::string_view, const std::string &)> callback) = 0;
  virtual void set_binary_callback(std::function<void(std::string_view, const Bytes &)> callback) = 0;
};
struct i_websocket_client {
  [[nodiscard]] virtual VoidResult send_text(std::string &&message, SendCallback handler = nullptr) = 0;
  [[nodiscard]] virtual VoidResult send_binary(Bytes &&data, SendCallback handler = nullptr) = 0;
  virtual void set_text_callback(std::function<void(const std::string &)> callback) = 0;
  virtual void set_binary_callback(std::function<void(const Bytes &)> callback) = 0;
};

// include/kcenon/network/interfaces/i_quic_server.h, i_quic_client.h
struct i_quic_session : i_session {
  [[nodiscard]] virtual VoidResult send_on_stream(std::uint64_t stream_id, Bytes &&data, bool fin = false) = 0;
};
struct i_quic_client {
  [[nodiscard]] virtual VoidResult send(Bytes &&data) = 0;
  [[nodiscard]] virtual VoidResult send_on_stream(std::uint64_t stream_id, Bytes &&data, bool fin = false) = 0;
};
struct i_quic_server {
  virtual void set_receive_callback(std::function<void(std::string_view, const Bytes &)> callback) = 0;
  virtual void
  set_stream_callback(std::function<void(std::string_view, std::uint64_t, const Bytes &, bool)> callback) = 0;
};

} // namespace kcenon::network::interfaces

namespace kcenon::network::unified {

// include/kcenon/network/detail/unified/types.h
struct connection_callbacks {
  std::function<void()> on_connected;
  std::function<void(std::span<const std::byte>)> on_data;
  std::function<void()> on_disconnected;
  std::function<void(std::error_code)> on_error;
};
struct listener_callbacks {
  std::function<void(std::string_view)> on_accept;
  std::function<void(std::string_view, std::span<const std::byte>)> on_data;
  std::function<void(std::string_view)> on_disconnect;
  std::function<void(std::string_view, std::error_code)> on_error;
};

// include/kcenon/network/detail/unified/i_transport.h, i_connection.h, i_listener.h
struct i_transport {
  [[nodiscard]] virtual VoidResult send(std::span<const std::byte> data) = 0;
  [[nodiscard]] virtual VoidResult send(std::vector<std::uint8_t> &&data) = 0;
};
struct i_connection : i_transport {
  virtual void set_callbacks(connection_callbacks callbacks) = 0;
};
struct i_listener {
  [[nodiscard]] virtual VoidResult send_to(std::string_view connection_id, std::span<const std::byte> data) = 0;
  [[nodiscard]] virtual VoidResult broadcast(std::span<const std::byte> data) = 0;
  virtual void set_callbacks(listener_callbacks callbacks) = 0;
  virtual void set_accept_callback(std::function<void(std::unique_ptr<i_connection>)> callback) = 0;
  virtual void wait_for_stop() = 0;
};

} // namespace kcenon::network::unified

namespace kcenon::network::utils {

// include/kcenon/network/detail/utils/startable_base.h
template <typename Derived> struct startable_base {
  void wait_for_stop();
};

} // namespace kcenon::network::utils

namespace kcenon::network::protocols {

namespace http2 {
struct http2_server_stream;
// src/internal/protocols/http2/http2_server.h
struct http2_server {
  void set_request_handler(std::function<void(http2_server_stream &)> handler);
};
} // namespace http2

namespace grpc {
struct server_context;
using Handler = std::function<void(server_context &, const Bytes &)>;
// include/kcenon/network/detail/protocols/grpc/server.h
struct grpc_server {
  VoidResult register_unary_method(const std::string &full_method_name, Handler handler);
  VoidResult register_server_streaming_method(const std::string &full_method_name, Handler handler);
  VoidResult register_client_streaming_method(const std::string &full_method_name, Handler handler);
  VoidResult register_bidi_streaming_method(const std::string &full_method_name, Handler handler);
};
// include/kcenon/network/detail/protocols/grpc/client.h
struct grpc_client {
  bool wait_for_connected(std::chrono::milliseconds timeout);
  VoidResult call_raw(const std::string &method, const Bytes &request);
};
} // namespace grpc

} // namespace kcenon::network::protocols

namespace kcenon::network::config {

// include/kcenon/network/detail/config/network_config.h
struct thread_pool_config {
  std::size_t worker_count = 0;
};

} // namespace kcenon::network::config

namespace kcenon::network::facade {

// include/kcenon/network/facade/tcp_facade.h
struct tcp_facade {
  struct client_config {
    std::string host;
    std::uint16_t port = 0;
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
  };
};

// include/kcenon/network/facade/quic_facade.h
struct quic_facade {
  struct server_config {
    std::uint16_t port = 0;
    std::uint64_t max_idle_timeout_ms = 30000;
    std::size_t max_connections = 10000;
  };
};

} // namespace kcenon::network::facade

namespace kcenon::network::core {

// src/internal/http/websocket_server.h
struct ws_server_config {
  std::size_t max_connections = 1000;
  std::size_t max_message_size = 10 * 1024 * 1024;
};

// include/kcenon/network/core/unified_session_manager.h
struct unified_session_config {
  std::size_t max_sessions{1000};
  std::chrono::milliseconds idle_timeout{std::chrono::minutes(5)};
};

} // namespace kcenon::network::core
#endif // NETTUNE_NETWORK_OLD

namespace NETTUNE_NETWORK::core {

using SessionCallback = std::function<void(std::shared_ptr<session::messaging_session>)>;

// src/internal/core/messaging_server.h; include/network_system/core/messaging_server.h
struct messaging_server
#ifndef NETTUNE_NETWORK_OLD
    : utils::startable_base<messaging_server>
#endif
{
  VoidResult stop_server();
#ifdef NETTUNE_NETWORK_OLD
  void wait_for_stop();
#endif
  void set_connection_callback(SessionCallback callback);
  void set_disconnection_callback(std::function<void(const std::string &)> callback);
  void
  set_receive_callback(std::function<void(std::shared_ptr<session::messaging_session>, const Bytes &)> callback);
  void
  set_error_callback(std::function<void(std::shared_ptr<session::messaging_session>, std::error_code)> callback);
};

// src/internal/core/messaging_client.h; include/network_system/core/messaging_client.h
struct messaging_client {
  VoidResult send_packet(Bytes &&data);
  VoidResult stop_client();
  void wait_for_stop();
  void set_receive_callback(std::function<void(const Bytes &)> callback);
  void set_connected_callback(std::function<void()> callback);
  void set_disconnected_callback(std::function<void()> callback);
  void set_error_callback(std::function<void(std::error_code)> callback);
};

// src/internal/core/network_context.h
struct network_context {
  static network_context &instance();
  void initialize(std::size_t thread_count = 0);
};

// src/internal/core/connection_pool.h
struct connection_pool {
  VoidResult initialize();
  std::unique_ptr<messaging_client> acquire();
};

// src/internal/http/websocket_server.h
struct ws_connection;
struct messaging_ws_server {
  void
  set_message_callback(std::function<void(std::shared_ptr<ws_connection>, const internal::ws_message &)> callback);
  void set_text_message_callback(std::function<void(std::shared_ptr<ws_connection>, const std::string &)> callback);
  void set_binary_message_callback(std::function<void(std::shared_ptr<ws_connection>, const Bytes &)> callback);
};

// src/internal/experimental/quic_server.h
struct quic_session;
struct messaging_quic_server {
  void set_receive_callback(std::function<void(std::shared_ptr<quic_session>, const Bytes &)> callback);
  void set_stream_receive_callback(
      std::function<void(std::shared_ptr<quic_session>, std::uint64_t, const Bytes &, bool)> callback);
};

// src/internal/http/http_server.h
struct http_server {
  using http_handler = std::function<internal::http_response(const internal::http_request_context &)>;
  void get(const std::string &pattern, http_handler handler);
  void post(const std::string &pattern, http_handler handler);
  void put(const std::string &pattern, http_handler handler);
  void del(const std::string &pattern, http_handler handler);
  void patch(const std::string &pattern, http_handler handler);
  void head(const std::string &pattern, http_handler handler);
  void options(const std::string &pattern, http_handler handler);
  void set_not_found_handler(http_handler handler);
  void set_error_handler(http_handler handler);
};

// src/internal/http/http_client.h
struct http_client {
  using Map = std::map<std::string, std::string>;
  internal::http_response get(const std::string &url, const Map &query = {}, const Map &headers = {});
  internal::http_response post(const std::string &url, const std::string &body, const Map &headers = {});
  internal::http_response put(const std::string &url, const std::string &body, const Map &headers = {});
  internal::http_response del(const std::string &url, const Map &headers = {});
  internal::http_response head(const std::string &url, const Map &headers = {});
  internal::http_response patch(const std::string &url, const std::string &body, const Map &headers = {});
};

} // namespace NETTUNE_NETWORK::core

namespace NETTUNE_NETWORK::integration {

// include/kcenon/network/integration/thread_integration.h
struct thread_pool_interface {
  virtual std::future<void> submit(std::function<void()> task) = 0;
  virtual std::future<void> submit_delayed(std::function<void()> task, std::chrono::milliseconds delay) = 0;
};
struct basic_thread_pool : thread_pool_interface {
  explicit basic_thread_pool(std::size_t num_threads = 0);
  std::future<void> submit(std::function<void()> task) override;
  std::future<void> submit_delayed(std::function<void()> task, std::chrono::milliseconds delay) override;
};
struct thread_integration_manager {
  static thread_integration_manager &instance();
  std::future<void> submit_task(std::function<void()> task);
  std::future<void> submit_delayed_task(std::function<void()> task, std::chrono::milliseconds delay);
};

} // namespace NETTUNE_NETWORK::integration

namespace NETTUNE_NETWORK::utils {

// include/kcenon/network/utils/resilient_client.h
struct resilient_client {
  VoidResult connect();
  VoidResult send_with_retry(Bytes &&data);
};

} // namespace NETTUNE_NETWORK::utils

#endif // NETTUNE_TEST_MOCKS_NETWORK_SYSTEM_MOCK_H
