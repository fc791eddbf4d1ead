#include "router.h"

namespace server {

std::string router::run(const std::string &verb, const std::string &path, const std::string &body) {
  auto verbs = resource.find(path);
  if (verbs == resource.end())
    return "404";
  auto found = verbs->second.find(verb);
  return found == verbs->second.end() ? "405" : found->second(body);
}

} // namespace server
