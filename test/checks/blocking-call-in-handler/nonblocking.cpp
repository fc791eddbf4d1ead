// RUN: %nettune_check %s nettune-blocking-call-in-handler -check-suffix=NONE
// RUN: %nettune_check %s nettune-blocking-call-in-handler -- -DBY_FCNTL
// RUN: %nettune_check %s nettune-blocking-call-in-handler -- -DBY_IOCTL
// RUN: %nettune_check %s nettune-blocking-call-in-handler -- -DBY_ACCEPT4
// RUN: %nettune_check %s nettune-blocking-call-in-handler -- -DBY_SOCKET
// RUN: %nettune_check %s nettune-blocking-call-in-handler -check-suffix=NONE -- -DBY_NEITHER
//
// A raw socket call waits only where the program never makes descriptors
// non-blocking. Each way of doing so alone makes the file silent; calls that look
// like it (the flags read, not set; close-on-exec; a listener without the bit) do not.

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#if defined(BY_FCNTL)
void prepare(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }
#elif defined(BY_IOCTL)
void prepare(int fd) {
  int on = 1;
  ::ioctl(fd, FIONBIO, &on);
}
#elif defined(BY_ACCEPT4)
int prepare(int listener) { return ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); }
#elif defined(BY_SOCKET)
int prepare() { return ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); }
#elif defined(BY_NEITHER)
int prepare(int listener) {
  ::fcntl(listener, F_GETFL);
  ::fcntl(listener, F_SETFD, FD_CLOEXEC);
  ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
}
#endif

[[clang::annotate("nettune::handler")]] void on_receive(int fd) {
  char data[64];
  ::recv(fd, data, sizeof data, 0);
// CHECK-MESSAGES-NONE: :[[@LINE-1]]:3: warning: 'recv' may block the event loop: called from handler 'on_receive'; {{.*}} [nettune-blocking-call-in-handler]
}
[[clang::annotate("nettune::handler")]] void on_read(int fd) {
  char data[64];
  while (::read(fd, data, sizeof data) > 0) {
// CHECK-MESSAGES-NONE: :[[@LINE-1]]:10: warning: 'read' may block the event loop: called from handler 'on_read'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
[[clang::annotate("nettune::handler")]] void on_send(int fd) {
  ::send(fd, "x", 1, 0);
// CHECK-MESSAGES-NONE: :[[@LINE-1]]:3: warning: 'send' may block the event loop: called from handler 'on_send'; {{.*}} [nettune-blocking-call-in-handler]
}
[[clang::annotate("nettune::handler")]] void on_accept(int listener) {
  ::accept(listener, nullptr, nullptr);
// CHECK-MESSAGES-NONE: :[[@LINE-1]]:3: warning: 'accept' may block the event loop: called from handler 'on_accept'; {{.*}} [nettune-blocking-call-in-handler]
}
[[clang::annotate("nettune::handler")]] void on_connect(int fd, const sockaddr *address) {
  ::connect(fd, address, sizeof *address);
// CHECK-MESSAGES-NONE: :[[@LINE-1]]:3: warning: 'connect' may block the event loop: called from handler 'on_connect'; {{.*}} [nettune-blocking-call-in-handler]
}
