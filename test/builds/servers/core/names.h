#pragma once
#include <string>

/// Asks the name service.
bool known(const std::string &host);
