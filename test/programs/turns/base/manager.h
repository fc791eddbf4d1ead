#pragma once
#include <poll.h>

#include <vector>

namespace net {

struct socket {
  explicit socket(int fd) : fd(fd) {}
  virtual ~socket() = default;
  virtual void ready() = 0;
  int fd;
};

bool readable(int fd, int timeout);

// A turn: waits, takes in connections, calls who is ready. The loop is the application's.
class manager {
public:
  explicit manager(int listener) : listener_(listener) {}
  void turn(int timeout);
  virtual ~manager() = default;

protected:
  virtual socket *make_socket(int fd) = 0;

private:
  void wait_and_serve(int timeout);
  int wait(std::vector<pollfd> &fds, int timeout);
  std::vector<socket *> sockets_;
  int listener_;
};

} // namespace net
