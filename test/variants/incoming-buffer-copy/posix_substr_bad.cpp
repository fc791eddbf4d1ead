#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

static int commands, bytes;

static void on_request(const std::string &request) {
  std::string method = request.substr(0, request.find(' '));
  if (method == "GET" || method == "HEAD")
    ++commands;
}

void on_readable(int fd) {
  std::string request(4096, '\0');
  ssize_t size = recv(fd, request.data(), request.size(), 0);
  if (size > 0)
    on_request(request);
}
