#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

static int commands, bytes;

void on_readable(int fd) {
  unsigned char buffer[65536];
  ssize_t size = recv(fd, buffer, sizeof buffer, 0);
  if (size <= 0)
    return;
  std::vector<unsigned char> packet(buffer, buffer + size);
  packet.push_back(0);
  for (unsigned char byte : packet)
    bytes += byte;
}
