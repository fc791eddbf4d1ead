#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>

class server {
public:
  void on_readable(int fd) {
    char data[4096];
    ssize_t length = recv(fd, data, sizeof data, MSG_DONTWAIT);
    if (length > 0)
      respond(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  }

private:
  void respond(int fd, const std::string &text) {
    waiting_ += text;
    ssize_t sent = ::send(fd, waiting_.c_str(), waiting_.length(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0)
      waiting_.erase(0, static_cast<std::size_t>(sent));
  }
  std::string waiting_;
};
