#pragma once
#include "queue.h"
#include "store.h"

#include <asio.hpp>
#include <memory>

namespace app {

class session : public std::enable_shared_from_this<session> {
public:
  session(asio::ip::tcp::socket socket, store &s, queue &background)
      : socket_(std::move(socket)), store_(s), background_(background) {}
  void start();

private:
  void on_line(std::error_code ec, std::size_t size);

  asio::ip::tcp::socket socket_;
  store &store_;
  queue &background_;
  std::string line_;
};

// Only named like a handler: tests call it.
void on_message(store &s);

} // namespace app
