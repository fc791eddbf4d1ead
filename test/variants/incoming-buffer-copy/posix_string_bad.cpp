#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

static int commands, bytes;

static void execute(const std::string &line) {
  if (line.find("PING") == 0)
    ++commands;
}

void on_readable(int fd) {
  char buffer[4096];
  ssize_t size = recv(fd, buffer, sizeof buffer, 0);
  if (size <= 0)
    return;
  std::string line(buffer, size);
  execute(line);
}
