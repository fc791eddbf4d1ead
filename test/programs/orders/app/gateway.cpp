#include "gateway.h"

namespace app {

gateway::gateway(messaging::messaging_server &server) {
  server.set_message_handler([this](messaging::session_id id, messaging::payload data) {
    if (on_order_)
      on_order_(id, std::move(data));
  });
}

void gateway::on_order(order_handler handler) { on_order_ = std::move(handler); }

} // namespace app
