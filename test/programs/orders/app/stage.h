#pragma once
#include "messaging.h"

namespace app {

/// What stages of the pipeline have in common.
template <typename Derived> class stage {
public:
  void process(messaging::session_id id, messaging::payload data) {
    ++seen_;
    static_cast<Derived *>(this)->handle(id, std::move(data));
  }

private:
  unsigned long seen_ = 0;
};

} // namespace app
