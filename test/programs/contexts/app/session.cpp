#include "session.h"

#include "net/raw.h"

namespace app {

void session::start() {
  asio::async_read_until(socket_, asio::dynamic_buffer(line_), '\n',
                         [self = shared_from_this()](std::error_code ec, std::size_t size) { self->on_line(ec, size); });
}

void session::on_line(std::error_code ec, std::size_t size) {
  if (ec)
    return;
  store::defaults().find(line_.substr(0, size));
  net::drain(socket_.native_handle());
  if (line_.starts_with("refresh"))
    store_.refresh();
  else
    background_.add([this] { store_.save(); });
  line_.erase(0, size);
  start();
}

void on_message(store &s) { s.save(); }

} // namespace app
