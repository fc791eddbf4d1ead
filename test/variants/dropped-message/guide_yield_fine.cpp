#include "messaging.h"
#include <queue>
#include <thread>
#include <utility>

void drain(messaging::messaging_server &server, messaging::session_id id, std::queue<messaging::payload> &queue) {
  while (!queue.empty()) {
    if (auto sent = server.send(id, std::move(queue.front())); !sent)
      return;
    queue.pop();
  }
}
