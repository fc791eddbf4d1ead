#pragma once
#include "messaging.h"

namespace store {

class order_store {
public:
  virtual ~order_store() = default;
  virtual void save(const messaging::payload &order) = 0;
};

class sql_store : public order_store {
public:
  void save(const messaging::payload &order) override;

private:
  messaging::database database_;
};

} // namespace store
