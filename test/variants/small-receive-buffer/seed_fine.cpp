#include "messaging.h"

void run(messaging::messaging_server &server) {
  const std::size_t message_bytes = 10240;
  server.set_receive_buffer_size(16384);
  server.set_message_handler([&](auto id, auto data) {
    if (data.size() > message_bytes)
      server.close(id);
  });
}
