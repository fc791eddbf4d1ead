// MODEL: network-system
// PACKAGES: libstdc++-12-dev
// COMPILE: -std=c++20
// COMPILE: -std=c++20 -DNETTUNE_NETWORK_OLD

// Every function and field that checks/model/apis/network-system.json names, once in each of
// its namespaces. Debian has no package of the library.

#include "../mocks/network_system_mock.h"

namespace net = NETTUNE_NETWORK;
using namespace std::chrono_literals;

static auto done = [](auto &&...) {};
static void work() {}

void servers(net::core::messaging_server &server, net::core::messaging_client &client,
             net::session::messaging_session &session, net::session::secure_session &secure,
             net::internal::tcp_socket &socket) {
  server.set_connection_callback(done);
  server.set_disconnection_callback(done);
  server.set_receive_callback(done);
  server.set_error_callback(done);
  server.stop_server();
  server.wait_for_stop();
  client.set_receive_callback(done);
  client.set_connected_callback(done);
  client.set_disconnected_callback(done);
  client.set_error_callback(done);
  client.stop_client();
  client.wait_for_stop();
  session.set_receive_callback(done);
  secure.set_receive_callback(done);
  socket.set_receive_callback(done);
  socket.set_receive_callback_view(done);
  socket.set_backpressure_callback(done);
  socket.set_error_callback(done);
}

void sends(net::core::messaging_client &client, net::internal::tcp_socket &socket, net::Bytes data) {
  client.send_packet(net::Bytes(data));
  socket.async_send(std::move(data), done);
}

void poolSizes() {
  net::integration::basic_thread_pool pool(4);
  net::core::network_context::instance().initialize(4);
}

void otherServers(net::core::messaging_ws_server &ws, net::core::messaging_quic_server &quic,
                  net::core::http_server &http) {
  ws.set_message_callback(done);
  ws.set_text_message_callback(done);
  ws.set_binary_message_callback(done);
  quic.set_receive_callback(done);
  quic.set_stream_receive_callback(done);
  auto answer = [](auto &&) { return net::internal::http_response(); };
  http.get("/", answer);
  http.post("/", answer);
  http.put("/", answer);
  http.del("/", answer);
  http.patch("/", answer);
  http.head("/", answer);
  http.options("/", answer);
  http.set_not_found_handler(answer);
  http.set_error_handler(answer);
}

void elsewhere(net::integration::thread_pool_interface &any, net::integration::basic_thread_pool &basic,
               kcenon::thread::thread_pool &pool, kcenon::common::interfaces::IExecutor &executor,
               std::unique_ptr<kcenon::common::interfaces::IJob> job,
               std::vector<std::unique_ptr<kcenon::thread::job>> jobs) {
  any.submit(work);
  any.submit_delayed(work, 1ms);
  basic.submit(work);
  basic.submit_delayed(work, 1ms);
  net::integration::thread_integration_manager::instance().submit_task(work);
  net::integration::thread_integration_manager::instance().submit_delayed_task(work, 1ms);
  pool.submit(work);
  pool.submit_task(work);
  pool.enqueue(std::make_unique<kcenon::thread::job>(kcenon::thread::callback_job(work)));
  pool.enqueue_batch(std::move(jobs));
  executor.execute(std::move(job));
  executor.execute_delayed(std::move(job), 1ms);
}

struct Job : kcenon::common::interfaces::IJob {
  void execute() override {}
};
struct RawObserver : network_core::interfaces::socket_observer {
  void on_receive(std::span<const std::uint8_t>) override {}
};

void clients(net::core::connection_pool &pool, net::core::http_client &http, net::utils::resilient_client &resilient) {
  pool.initialize();
  pool.acquire();
  http.get("");
  http.post("", "");
  http.put("", "");
  http.del("");
  http.head("");
  http.patch("", "");
  resilient.connect();
  resilient.send_with_retry({});
}

void databases(database::core::database_backend &backend, database::database_manager &manager) {
  backend.initialize("");
  backend.select_query("");
  backend.execute_query("");
  backend.select_prepared("", {});
  backend.execute_prepared("", {});
  backend.begin_transaction();
  backend.commit_transaction();
  backend.rollback_transaction();
  manager.connect("");
  manager.select_query("");
  manager.insert_query("");
  manager.update_query("");
  manager.delete_query("");
  manager.create_query("");
}

void thirdParty(pacs::bridge::mllp::mllp_server &server) {
  server.set_message_handler([](auto &&message, auto &&) { return std::optional(message); });
}

#ifndef NETTUNE_NETWORK_OLD
template <typename Server> void serverInterface(Server &server) {
  server.set_receive_callback(done);
  server.set_connection_callback(done);
  server.set_disconnection_callback(done);
  server.set_error_callback(done);
}
template void serverInterface(net::interfaces::i_protocol_server &);
template void serverInterface(net::interfaces::i_server &);

template <typename Client> void clientInterface(Client &client) {
  client.set_receive_callback(done);
  client.set_connected_callback(done);
  client.set_disconnected_callback(done);
  client.set_error_callback(done);
}
template void clientInterface(net::interfaces::i_protocol_client &);
template void clientInterface(net::interfaces::i_client &);

struct Observer : net::interfaces::connection_observer {
  void on_receive(std::span<const std::uint8_t>) override {}
  void on_connected() override {}
  void on_disconnected(std::optional<std::string_view>) override {}
  void on_error(std::error_code) override {}
};

void interfaces(net::interfaces::callback_adapter &adapter, net::interfaces::i_udp_server &udpServer,
                net::interfaces::i_udp_client &udpClient, net::interfaces::i_websocket_server &wsServer,
                net::interfaces::i_websocket_client &wsClient, net::interfaces::i_quic_server &quic,
                net::interfaces::i_network_component &component) {
  adapter.on_receive(done).on_connected(work).on_disconnected(done).on_error(done);
  udpServer.set_receive_callback(done);
  udpClient.set_receive_callback(done);
  wsServer.set_text_callback(done);
  wsServer.set_binary_callback(done);
  wsClient.set_text_callback(done);
  wsClient.set_binary_callback(done);
  quic.set_receive_callback(done);
  quic.set_stream_callback(done);
  component.wait_for_stop();
}

void unified(net::unified::i_connection &connection, net::unified::i_listener &listener) {
  net::unified::connection_callbacks callbacks;
  callbacks.on_connected = done;
  callbacks.on_data = done;
  callbacks.on_disconnected = done;
  callbacks.on_error = done;
  connection.set_callbacks(callbacks);
  listener.set_callbacks({.on_accept = done, .on_data = done, .on_disconnect = done, .on_error = done});
  listener.set_accept_callback(done);
  listener.wait_for_stop();
}

void sendInterfaces(net::interfaces::i_session &session, net::interfaces::i_client &client,
                    net::interfaces::i_protocol_client &protocolClient, net::interfaces::i_websocket_session &wsSession,
                    net::interfaces::i_websocket_client &wsClient, net::interfaces::i_quic_session &quicSession,
                    net::interfaces::i_quic_client &quicClient, net::interfaces::i_udp_server &udpServer,
                    net::interfaces::i_udp_client &udpClient, net::internal::tcp_socket &socket) {
  (void)session.send({});
  (void)client.send({});
  (void)protocolClient.send({});
  (void)wsSession.send_text("x");
  (void)wsSession.send_binary({});
  (void)wsClient.send_text("x");
  (void)wsClient.send_binary({});
  (void)quicSession.send_on_stream(1, {});
  (void)quicClient.send({});
  (void)quicClient.send_on_stream(1, {});
  (void)udpServer.send_to({}, {});
  (void)udpClient.send({});
  (void)socket.try_send({}, done);
}

void sendUnified(net::unified::i_connection &connection, net::unified::i_listener &listener) {
  (void)connection.send(std::span<const std::byte>());
  (void)listener.send_to("1", {});
  (void)listener.broadcast({});
}

void settings() {
  net::core::ws_server_config ws;
  ws.max_connections = 100;
  ws.max_message_size = 65536;
  net::facade::quic_facade::server_config quic = {.max_idle_timeout_ms = 30000, .max_connections = 100};
  net::facade::tcp_facade::client_config tcp = {.timeout = 5s};
  net::core::unified_session_config sessions = {.max_sessions = 100, .idle_timeout = 60s};
  net::config::thread_pool_config pool;
  pool.worker_count = 8;
}

void protocols(net::protocols::http2::http2_server &http2, net::protocols::grpc::grpc_server &server,
               net::protocols::grpc::grpc_client &client) {
  http2.set_request_handler(done);
  server.register_unary_method("/s/m", done);
  server.register_server_streaming_method("/s/m", done);
  server.register_client_streaming_method("/s/m", done);
  server.register_bidi_streaming_method("/s/m", done);
  client.wait_for_connected(1s);
  client.call_raw("/s/m", {});
}
#endif
