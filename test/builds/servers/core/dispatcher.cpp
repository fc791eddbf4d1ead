#include "core/dispatcher.h"

namespace core {

void Dispatcher::on_message(std::function<void(const std::string &)> handler) { handler_ = std::move(handler); }

void Dispatcher::dispatch(const std::string &message) { handler_(message); }

} // namespace core
