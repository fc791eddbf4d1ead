#pragma once
#include <functional>
#include <map>
#include <string>

namespace server {

class router {
public:
  using command = std::function<std::string(const std::string &)>;
  std::map<std::string, std::map<std::string, command>> resource;
  std::string run(const std::string &verb, const std::string &path, const std::string &body);
};

} // namespace server
