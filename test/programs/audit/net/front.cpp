#include "net/front.h"

namespace net {

front::front(messaging::messaging_server &server, sink &to) : to_(to) {
  server.set_message_handler([this](messaging::session_id from, messaging::payload message) {
    if (!message.empty())
      to_.take(from, message);
    messaging::payload head(message.begin(), message.begin() + 4);
    to_.keep(std::move(head), std::move(message));
  });
}

} // namespace net
