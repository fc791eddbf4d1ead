#pragma once
#include <string>

namespace app {

class store {
public:
  static const store &defaults();
  void refresh();
  void save();
  std::string find(const std::string &key) const;
};

} // namespace app
