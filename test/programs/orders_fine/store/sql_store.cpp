#include "store.h"

namespace store {

void sql_store::save(const messaging::payload &order) { database_.query(order); }

} // namespace store
