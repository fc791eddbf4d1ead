#include "app/booking.h"
#include "app/gateway.h"
#include "app/wiring.h"

int main() {
  messaging::messaging_server server("orders");
  store::sql_store orders;
  app::booking booking(orders);
  app::gateway gateway(server);
  messaging::thread_pool workers(4, 1000);
  app::wire(gateway, booking, workers);
  if (server.start(7000))
    server.wait();
}
