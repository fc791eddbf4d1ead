#pragma once
#include "messaging.h"

namespace audit {

unsigned long checksum(const messaging::payload &bytes);
void archive(const messaging::payload &head, const messaging::payload &body);

} // namespace audit
