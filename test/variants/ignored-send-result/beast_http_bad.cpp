#include <boost/beast.hpp>
#include <memory>

namespace http = boost::beast::http;
class session : public std::enable_shared_from_this<session> {
public:
  void answer(std::shared_ptr<http::response<http::string_body>> response) {
    http::async_write(stream_, *response, [self = shared_from_this(), response](boost::beast::error_code, std::size_t) {
      self->read();
    });
  }
  void read();

private:
  boost::beast::tcp_stream stream_;
};
