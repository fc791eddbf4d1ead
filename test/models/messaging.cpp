// MODEL: messaging
// PACKAGES: libstdc++-12-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/messaging.json names, against the guide's own header.

#include "../../tools/bench/messaging/messaging.h"

using namespace messaging;

static auto done = [](auto &&...) {};
static void work() {}

void servers(messaging_server &server) {
  server.set_message_handler(done);
  server.set_connect_handler(done);
  server.set_disconnect_handler(done);
  server.set_error_handler(done);
  server.set_writable_handler(done);
  server.wait();
}

void clients(messaging_client &client) {
  client.set_message_handler(done);
  client.set_connect_handler(done);
  client.set_disconnect_handler(done);
  client.set_error_handler(done);
  client.set_writable_handler(done);
  client.async_connect("localhost", 5555, done);
  client.connect("localhost", 5555);
  client.wait_writable(std::chrono::seconds(1));
}

void sends(messaging_server &server, messaging_client &client, session_id id, payload data) {
  server.send(id, payload(data));
  client.send(std::move(data));
}

template <typename Endpoint> void settings(Endpoint &endpoint) {
  endpoint.set_receive_buffer_size(16384);
  endpoint.set_send_buffer_size(16384);
  endpoint.set_max_message_size(65536);
  endpoint.set_max_pending_messages(256);
  endpoint.set_tcp_nodelay(true);
  endpoint.enable_zero_copy(true);
}
template void settings(messaging_server &);
template void settings(messaging_client &);

void settings(messaging_server &server) {
  settings<messaging_server>(server);
  server.set_thread_count(8);
  server.set_io_threads(2);
  server.set_max_connections(1000);
  server.set_connection_timeout(std::chrono::seconds(5));
  server.set_keep_alive_timeout(std::chrono::seconds(60));
  thread_pool pool(4, 1024);
}

void workers(thread_pool &pool, database &db, const payload &data) {
  pool.enqueue(work);
  db.query(data);
}
