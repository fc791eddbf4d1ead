#include "core/filter.h"

#include <chrono>
#include <thread>

namespace {

class Audit : public core::Filter {
public:
  bool pass(const std::string &) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return true;
  }
};

} // namespace

extern "C" core::Filter *make_filter() { return new Audit; }
