#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

static int commands, bytes;

static void execute(std::string_view line) {
  if (line.find("PING") == 0)
    ++commands;
}

void on_readable(int fd) {
  char buffer[4096];
  ssize_t size = recv(fd, buffer, sizeof buffer, 0);
  if (size > 0)
    execute(std::string_view(buffer, size));
}
