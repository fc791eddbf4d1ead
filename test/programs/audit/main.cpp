#include "audit/journal.h"
#include "net/front.h"

int main() {
  messaging::messaging_server server("audit");
  audit::journal journal;
  // Read from the journal's own file: nothing that a peer sent.
  journal.restore(messaging::payload(4096));
  net::front front(server, journal);
  if (server.start(7000))
    server.wait();
}
