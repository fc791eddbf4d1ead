#include "core/store.h"

#include <cstdlib>

namespace core {

void keep(const std::string &record) { std::system(("record-it " + record).c_str()); }

} // namespace core
