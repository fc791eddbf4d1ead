#include "messaging.h"
#include <thread>

void work(const messaging::payload &data);
void run(messaging::messaging_server &server) {
  server.set_message_handler([](auto, auto data) {
    std::thread([data = std::move(data)] { work(data); }).detach();
  });
}
