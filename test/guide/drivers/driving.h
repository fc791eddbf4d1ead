// What drivers of the guide's blocks share: expectations, and connections on loopback.
#ifndef NETTUNE_TEST_GUIDE_DRIVING_H
#define NETTUNE_TEST_GUIDE_DRIVING_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace driving {

/// Ends the driver with 1, and says what did not hold.
inline void expect(bool holds, const std::string &what) {
  if (holds)
    return;
  std::fprintf(stderr, "not so: %s\n", what.c_str());
  std::_Exit(1);
}

/// Waits until \p holds, five seconds at most.
inline bool eventually(const std::function<bool()> &holds) {
  for (int i = 0; i < 500; ++i, std::this_thread::sleep_for(std::chrono::milliseconds(10)))
    if (holds())
      return true;
  return holds();
}

/// A descriptor that is closed at the end of the scope.
class descriptor {
public:
  explicit descriptor(int fd) : fd_(fd) { expect(fd >= 0, "a descriptor is there"); }
  descriptor(descriptor &&other) noexcept : fd_(other.release()) {}
  ~descriptor() { close(); }

  operator int() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  void close() {
    if (fd_ >= 0)
      ::close(release());
  }

private:
  int fd_;
};

inline sockaddr_in loopback(std::uint16_t port = 0) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline std::uint16_t port_of(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  expect(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) == 0, "getsockname works");
  return ntohs(address.sin_port);
}

/// Bound to a free port of loopback, not listening yet.
inline descriptor bound() {
  descriptor fd(socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = loopback();
  expect(bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0, "bind works");
  return fd;
}

inline descriptor connected(std::uint16_t port) {
  descriptor fd(socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = loopback(port);
  expect(connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0, "connect works");
  return fd;
}

/// Both ends of a TCP connection: the one that a block gets, and its peer's.
struct tcp_pair {
  descriptor ours, peer;
};
inline tcp_pair tcp_connection() {
  descriptor listener = bound();
  expect(listen(listener, 8) == 0, "listen works");
  descriptor peer = connected(port_of(listener));
  return {descriptor(accept(listener, nullptr, nullptr)), std::move(peer)};
}

inline void tell(int fd, std::string_view text) {
  expect(send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()), "the peer can send");
}

/// What the peer gets: so many bytes, or fewer after \p seconds or the end of the stream.
inline std::string hear(int fd, std::size_t bytes, int seconds = 5) {
  const timeval limit{seconds, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  std::string text(bytes, '\0');
  std::size_t got = 0;
  for (ssize_t size; got < bytes && (size = recv(fd, text.data() + got, bytes - got, 0)) > 0;)
    got += static_cast<std::size_t>(size);
  text.resize(got);
  return text;
}

/// Whether nothing more comes: the peer has closed.
inline bool at_end(int fd) { return hear(fd, 1).empty(); }

/// Text in which each place differs from its neighbours.
inline std::string long_text(std::size_t bytes) {
  std::string text(bytes, ' ');
  for (std::size_t i = 0; i < bytes; ++i)
    text[i] = static_cast<char>('!' + (i * 7 + i / 89) % 89);
  return text;
}

/// Threads of this process.
std::size_t threads_now();
/// The processors that this process may use; the driver and what it starts get the first \p count of them.
std::size_t processors();
void use_processors(std::size_t count);
/// TCP's own counts (tcp(7), TCP_INFO): segments with data that were sent, and the queue of a listening socket.
unsigned segments_sent(int fd);
unsigned backlog_of(int listener);
/// What listen() can get at most: net.core.somaxconn.
unsigned longest_backlog();
int socket_option(int fd, int level, int option);
/// Allocations of at least so many bytes since the last call, by any thread.
std::size_t allocations(std::size_t bytes);

} // namespace driving

using namespace driving;

#endif // NETTUNE_TEST_GUIDE_DRIVING_H
