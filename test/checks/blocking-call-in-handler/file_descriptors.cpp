// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// read() of a file waits for the disk, whatever the program does with the
// descriptors of its sockets. That a descriptor is a file's is known by what
// gave it, if nothing else ever does.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

void prepare(int fd) { ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK); }

#define HANDLER [[clang::annotate("nettune::handler")]]

class file {
public:
  bool open(const char *path) {
    fd_ = ::open(path, O_RDONLY);
    return fd_ >= 0;
  }
  HANDLER long read(char *to, unsigned long size) {
    return ::read(fd_, to, size);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'read' may block the event loop: called from handler 'file::read'; {{.*}} [nettune-blocking-call-in-handler]
  }
  // Into the page cache, as a rule.
  HANDLER long write(const char *from, unsigned long size) { return ::write(fd_, from, size); }
  void close() {
    ::close(fd_);
    fd_ = -1;
  }

private:
  int fd_ = -1;
};

static int open_again(const char *path) {
  int fd;
  while ((fd = ::open(path, O_RDONLY)) == -1)
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'open' may block the event loop: called from handler 'on_load'; {{.*}} [nettune-blocking-call-in-handler]
    ;
  return fd;
}
HANDLER void on_load(const char *path) {
  char data[64];
  int fd = open_again(path);
  ::read(fd, data, sizeof data);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'read' may block the event loop: called from handler 'on_load'; {{.*}} [nettune-blocking-call-in-handler]
}

// Near misses: a socket, a descriptor that may be one, one that comes from elsewhere,
// and a file that was opened so as not to wait (a FIFO, a terminal).
class stream {
public:
  void open_file(const char *path) { fd_ = ::creat(path, 0600); }
  void connect() { fd_ = ::socket(AF_INET, SOCK_STREAM, 0); }
  HANDLER long read(char *to, unsigned long size) { return ::read(fd_, to, size); }

private:
  int fd_ = -1;
};
HANDLER void on_ready(int fd) {
  char data[64];
  ::read(fd, data, sizeof data);
  fd = ::read(fd, data, sizeof data);
}
HANDLER void on_socket() {
  char data[64];
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  ::read(fd, data, sizeof data);
}
class fifo {
public:
  void open(const char *path) { fd_ = ::open(path, O_RDONLY | O_NONBLOCK); }
  HANDLER long read(char *to, unsigned long size) { return ::read(fd_, to, size); }

private:
  int fd_ = -1;
};

HANDLER void *on_plugin(const char *path) {
  ::dlopen(nullptr, RTLD_NOW);
  if (void *loaded = ::dlopen(path, RTLD_NOW | RTLD_NOLOAD))
    return loaded;
  return ::dlopen(path, RTLD_NOW);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'dlopen' may block the event loop: called from handler 'on_plugin'; {{.*}} [nettune-blocking-call-in-handler]
}
