// Counts what came in.
#pragma once
#include "net/front.h"

namespace audit {

class journal : public net::sink {
public:
  void take(messaging::session_id from, const messaging::payload &message) override;
  void keep(messaging::payload head, messaging::payload body) override;
  void restore(const messaging::payload &saved);

private:
  messaging::thread_pool writers_{2, 64};
  unsigned long sum_ = 0, lost_ = 0;
};

} // namespace audit
