// RUN: %nettune_check %s nettune-small-receive-buffer -config='{CheckOptions: {nettune.TypicalMessageBytes: 8192}}' -check-suffix=TYPICAL -- -I%source_root/tools/bench/messaging
// RUN: %nettune_check %s nettune-small-receive-buffer -config='{CheckOptions: {nettune.TypicalMessageBytes: 8192, nettune.Workload: high_connections}}' -check-suffix=CONNECTIONS -- -I%source_root/tools/bench/messaging

#include "messaging.h"
#include <string>
#include <sys/socket.h>

void handle(const char *data, std::size_t size);

// The messages' size is known from the options; with many connections memory counts more.
void setting(messaging::messaging_server &server) {
  server.set_receive_buffer_size(2048);
// CHECK-MESSAGES-TYPICAL: :[[@LINE-1]]:34: warning: read buffer of 2048 bytes takes 4 reads for a message of 8192 bytes; give it the size of a message [nettune-small-receive-buffer]
  server.set_receive_buffer_size(8192);
}
void read_loop(int fd) {
  char buffer[1000];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0)
// CHECK-MESSAGES-TYPICAL: :[[@LINE-1]]:15: warning: read buffer of 1000 bytes takes 9 reads for a message of 8192 bytes; give it the size of a message [nettune-small-receive-buffer]
    handle(buffer, n);
}
void once(int fd) {
  char buffer[1000];
  handle(buffer, recv(fd, buffer, sizeof buffer, 0));
}
// A byte at a time costs with any workload.
void bytes(int fd, std::string &line) {
  char c;
  while (recv(fd, &c, 1, 0) == 1)
// CHECK-MESSAGES-TYPICAL: :[[@LINE-1]]:10: warning: 'recv' takes 1 byte at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
// CHECK-MESSAGES-CONNECTIONS: :[[@LINE-2]]:10: warning: 'recv' takes 1 byte at a time from a stream; read into a larger buffer and cut messages there [nettune-small-receive-buffer]
    line.push_back(c);
}
