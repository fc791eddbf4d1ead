#include "wiring.h"

#include "booking.h"
#include "gateway.h"

namespace app {

void wire(gateway &from, booking &to) {
  from.on_order([&to](messaging::session_id id, messaging::payload data) { to.process(id, std::move(data)); });
}

} // namespace app
