#include "messaging.h"
#include <utility>

int main() {
  messaging::messaging_server server("echo");
  server.set_message_handler([&](auto id, auto data) {
    if (!server.send(id, std::move(data)))
      server.close(id);
  });
  if (!server.start(5555))
    return 1;
  server.wait();
}
