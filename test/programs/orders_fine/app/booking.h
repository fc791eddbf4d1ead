#pragma once
#include "stage.h"
#include "store/store.h"

namespace app {

class booking : public stage<booking> {
public:
  explicit booking(store::order_store &to) : to_(to) {}
  void reject(messaging::session_id) { ++rejected_; }
  void handle(messaging::session_id id, messaging::payload data);

private:
  store::order_store &to_;
  unsigned long rejected_ = 0;
};

} // namespace app
