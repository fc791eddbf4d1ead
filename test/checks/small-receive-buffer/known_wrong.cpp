// RUN: %nettune_check %s nettune-small-receive-buffer

#include <string>
#include <sys/socket.h>
#include <unistd.h>

// The descriptor comes from elsewhere, and nothing here shows that it is a socket.
void fn_unknown_descriptor(int fd, std::string &line) {
  char c;
  while (read(fd, &c, 1) == 1)
    line += c;
}

// What is missing is counted down.
void fn_counts_down(int fd, std::string &frame) {
  char part[128];
  std::size_t missing = 8192;
  while (missing > 0) {
    ssize_t n = recv(fd, part, sizeof part, 0);
    if (n <= 0)
      return;
    frame.append(part, n);
    missing -= n;
  }
}
