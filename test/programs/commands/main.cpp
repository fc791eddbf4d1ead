#include "commands/disk.h"
#include "server/connection.h"

int main() {
  asio::io_context io;
  server::router routes;
  commands::add_disk_commands(routes);
  asio::ip::tcp::acceptor acceptor(io, {asio::ip::tcp::v4(), 7000});
  acceptor.async_accept([&](std::error_code ec, asio::ip::tcp::socket socket) {
    if (!ec)
      std::make_shared<server::connection>(std::move(socket), routes)->start();
  });
  io.run();
}
