// The server's side: it knows that something handles a message, not what.
#pragma once
#include "messaging.h"
#include <functional>

namespace app {

using order_handler = std::function<void(messaging::session_id, messaging::payload)>;

class gateway {
public:
  explicit gateway(messaging::messaging_server &server);
  void on_order(order_handler handler);

private:
  order_handler on_order_;
};

} // namespace app
