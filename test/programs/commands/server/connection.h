#pragma once
#include "router.h"

#include <asio.hpp>
#include <memory>

namespace server {

class connection : public std::enable_shared_from_this<connection> {
public:
  connection(asio::ip::tcp::socket socket, router &routes) : socket_(std::move(socket)), routes_(routes) {}
  void start();

private:
  void on_read(std::error_code ec, std::size_t size);

  asio::ip::tcp::socket socket_;
  router &routes_;
  std::string line_;
};

} // namespace server
