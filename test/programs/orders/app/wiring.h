#pragma once

namespace app {
class booking;
class gateway;

void wire(gateway &from, booking &to);

} // namespace app
