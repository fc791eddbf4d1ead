#pragma once
#include <string>

namespace core {

/// What a plugin brings.
class Filter {
public:
  virtual ~Filter() = default;
  virtual bool pass(const std::string &message) = 0;
};

} // namespace core
