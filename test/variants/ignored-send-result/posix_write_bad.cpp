#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int serve(const sockaddr_in &local) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, reinterpret_cast<const sockaddr *>(&local), sizeof local) < 0 || listen(listener, SOMAXCONN) < 0)
    return -1;
  int fd;
  while ((fd = accept(listener, nullptr, nullptr)) >= 0) {
    const char *hello = "hello\n";
    write(fd, hello, strlen(hello));
    close(fd);
  }
  return 0;
}
