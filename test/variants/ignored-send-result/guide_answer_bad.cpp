#include "messaging.h"
#include <utility>

int main() {
  messaging::messaging_server server("echo");
  server.set_message_handler([&](auto id, auto data) { server.send(id, std::move(data)); });
  if (!server.start(5555))
    return 1;
  server.wait();
}
