#pragma once
#include "messaging.h"

namespace app {
class booking;
class gateway;

void wire(gateway &from, booking &to, messaging::thread_pool &workers);

} // namespace app
