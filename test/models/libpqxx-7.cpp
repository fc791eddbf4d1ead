// MODEL: libpqxx-7
// PACKAGES: libstdc++-12-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/libpqxx-7.json names. Debian 12 has no libpqxx 7.

#include "../mocks/libpqxx_7_mock.h"

void connections() {
  pqxx::connection connection("");
  connection.set_client_encoding("UTF8");
  connection.await_notification();
  connection.prepare("s", "");
  connection.cancel_query();
}
