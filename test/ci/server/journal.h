#pragma once
#include <cstddef>

void note(const char *bytes, std::size_t size);
