#include "connection.h"

namespace server {

void connection::start() {
  asio::async_read_until(socket_, asio::dynamic_buffer(line_), '\n',
                         std::bind(&connection::on_read, shared_from_this(), std::placeholders::_1,
                                   std::placeholders::_2));
}

void connection::on_read(std::error_code ec, std::size_t size) {
  if (ec)
    return;
  routes_.run("GET", line_.substr(0, size), {});
  line_.erase(0, size);
  start();
}

} // namespace server
