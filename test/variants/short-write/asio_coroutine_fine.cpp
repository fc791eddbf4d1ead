#include <asio.hpp>
#include <string>

asio::awaitable<void> echo(asio::ip::tcp::socket socket, std::string text) {
  for (;;)
    co_await asio::async_write(socket, asio::buffer(text), asio::use_awaitable);
}
