#include "messaging.h"
#include <queue>
#include <thread>
#include <utility>

void drain(messaging::messaging_server &server, messaging::session_id id, std::queue<messaging::payload> &queue) {
  while (!queue.empty()) {
    auto message = std::move(queue.front());
    queue.pop();
    if (auto sent = server.send(id, std::move(message)); !sent)
      std::this_thread::yield();
  }
}
