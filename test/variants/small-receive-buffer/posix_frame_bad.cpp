#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

constexpr int packet_length = 8192;
void packet(int fd, std::vector<char> &out) {
  char part[128];
  int total = 0;
  while (total < packet_length) {
    int got = recv(fd, part, 128, 0);
    if (got <= 0)
      break;
    out.insert(out.end(), part, part + got);
    total += got;
  }
}
