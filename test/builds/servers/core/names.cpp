#include "core/names.h"

#include <netdb.h>

bool known(const std::string &host) {
  addrinfo *found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, nullptr, &found) != 0)
    return false;
  freeaddrinfo(found);
  return true;
}
