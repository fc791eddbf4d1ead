#include "wiring.h"

#include "booking.h"
#include "gateway.h"

namespace app {

void wire(gateway &from, booking &to, messaging::thread_pool &workers) {
  from.on_order([&to, &workers](messaging::session_id id, messaging::payload data) {
    auto accepted = workers.enqueue([&to, id, data = std::move(data)]() mutable { to.process(id, std::move(data)); });
    if (!accepted)
      to.reject(id);
  });
}

} // namespace app
