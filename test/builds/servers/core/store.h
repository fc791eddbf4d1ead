#pragma once
#include <string>

namespace core {

/// Runs the command that keeps a record.
void keep(const std::string &record);

} // namespace core
