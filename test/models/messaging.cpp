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

void workers(thread_pool &pool, database &db, const payload &data) {
  pool.enqueue(work);
  db.query(data);
}
