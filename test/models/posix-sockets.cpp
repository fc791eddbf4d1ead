// MODEL: posix-sockets
// PACKAGES: libc6-dev linux-libc-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/posix-sockets.json names, against the system's own headers.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

// What posix-sockets.json's conditions give as numbers.
static_assert(SOL_SOCKET == 1 && SO_RCVBUF == 8 && SO_RCVBUFFORCE == 33 && SO_SNDBUF == 7 && SO_SNDBUFFORCE == 32);
static_assert(SO_ZEROCOPY == 60 && IPPROTO_TCP == 6 && TCP_NODELAY == 1 && MSG_PEEK == 2);

void sends(int fd, int file, const sockaddr *address, socklen_t length) {
  char data[64] = {};
  msghdr message = {};
  mmsghdr messages[2] = {};
  send(fd, data, sizeof data, 0);
  sendto(fd, data, sizeof data, 0, nullptr, 0);
  sendto(fd, data, sizeof data, 0, address, length);
  sendmsg(fd, &message, 0);
  sendmmsg(fd, messages, 2, 0);
  sendfile(fd, file, nullptr, 64);
  write(fd, data, sizeof data);
  iovec parts[1] = {{data, sizeof data}};
  writev(fd, parts, 1);
}

void receives(int fd, sockaddr *address, socklen_t *length) {
  char data[64];
  recv(fd, data, sizeof data, MSG_PEEK);
  recvfrom(fd, data, sizeof data, 0, address, length);
}

void settings(int fd) {
  int bytes = 65536, one = 1;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  setsockopt(fd, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof one);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  listen(fd, SOMAXCONN);
}
