// RUN: %nettune_check %s nettune-short-write
//
// Short counts that cannot be, do not matter, or are not meant.

#include <asio.hpp>
#include <cstdint>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

using asio::ip::tcp;
using asio::ip::udp;

// A datagram is sent whole or not at all.
bool datagram(int fd, const sockaddr_in &peer, const char *data, std::size_t size) {
  return sendto(fd, data, size, 0, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) >= 0;
}
bool connected_datagram(const sockaddr_in &peer, const char *data, std::size_t size) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  return connect(fd, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0 && send(fd, data, size, 0) >= 0;
}
void asio_datagram(udp::socket &socket, const udp::endpoint &peer, const std::string &text) {
  socket.send_to(asio::buffer(text), peer);
}
// One byte.
bool wake(int fd) { return send(fd, "", 1, 0) >= 0; }
bool urgent(tcp::socket &socket, const char *byte) {
  std::error_code error;
  socket.write_some(asio::buffer(byte, 1), error);
  return !error;
}
// No socket, as far as is known.
bool signal_event(int event) {
  std::uint64_t one = 1;
  return write(event, &one, sizeof one) >= 0;
}
bool to_a_file(int file, const std::string &text) { return write(file, text.data(), text.size()) >= 0; }
bool to_the_terminal(const std::string &text) { return write(STDOUT_FILENO, text.data(), text.size()) >= 0; }
// An ignored error is another check's.
void ignored(int fd, const std::string &text) { send(fd, text.data(), text.size(), 0); }
// The count on purpose.
bool cast_away(tcp::socket &socket, const std::string &text) {
  std::error_code error;
  (void)socket.write_some(asio::buffer(text), error);
  return !error;
}
// Last words.
void refuse(int fd, bool full) {
  if (full) {
    if (send(fd, "full", 4, 0) < 0)
      return;
    close(fd);
  }
}
void shut_down(int fd) {
  if (send(fd, "bye", 3, 0) < 0)
    return;
}
// The class does the rest itself.
struct wrapper {
  ssize_t send(const char *data, std::size_t size);
};
bool wrapped(wrapper &w, const char *data, std::size_t size) { return w.send(data, size) >= 0; }

// Packets of a local socket: whole or not at all.
bool packet_pair(const char *data, std::size_t size) {
  int ends[2];
  return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0 && send(ends[0], data, size, 0) >= 0;
}
bool datagram_pair(const char *data, std::size_t size) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) != 0)
    return false;
  int parent = ends[0];
  return send(parent, data, size, 0) >= 0;
}
bool packets(const sockaddr *peer, socklen_t length, const char *data, std::size_t size) {
  int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  return connect(fd, peer, length) == 0 && send(fd, data, size, 0) >= 0;
}
bool accepted_packets(const char *data, std::size_t size) {
  int listener = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  int peer = accept(listener, nullptr, nullptr);
  return send(peer, data, size, 0) >= 0;
}
