#include "booking.h"

namespace app {

void booking::handle(messaging::session_id, messaging::payload data) { to_.save(data); }

} // namespace app
