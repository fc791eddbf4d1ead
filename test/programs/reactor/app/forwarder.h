#pragma once
#include <string>

namespace app {

void forward(const std::string &line, const std::string &host);

} // namespace app
