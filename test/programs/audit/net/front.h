// Takes messages in and gives them to a sink.
#pragma once
#include "messaging.h"

namespace net {

class sink {
public:
  virtual ~sink() = default;
  virtual void take(messaging::session_id from, const messaging::payload &message) = 0;
  virtual void keep(messaging::payload head, messaging::payload body) = 0;
};

class front {
public:
  front(messaging::messaging_server &server, sink &to);

private:
  sink &to_;
};

} // namespace net
