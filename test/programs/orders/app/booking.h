#pragma once
#include "stage.h"
#include "store/store.h"

namespace app {

class booking : public stage<booking> {
public:
  explicit booking(store::order_store &to) : to_(to) {}
  void handle(messaging::session_id id, messaging::payload data);

private:
  store::order_store &to_;
};

} // namespace app
