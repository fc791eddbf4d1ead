// RUN: %nettune_check %s nettune-incoming-buffer-copy -config='{CheckOptions: {nettune.MinCopyBytes: 1024}}' -check-suffix=LARGE
// RUN: %nettune_check %s nettune-incoming-buffer-copy -config='{CheckOptions: {nettune.MinCopyBytes: 0}}' -check-suffix=LARGE,SMALL
// RUN: %nettune_check %s nettune-incoming-buffer-copy -config='{CheckOptions: {nettune.TypicalMessageBytes: 32}}' -check-suffix=NONE

#include <iostream>
#include <string>
#include <sys/socket.h>

void receive(int fd, std::string &all) {
  char small[32], large[2048];
  ssize_t n = recv(fd, small, sizeof small, 0);
  std::string first(small, n);
// CHECK-MESSAGES-SMALL: :[[@LINE-1]]:15: warning: received buffer 'small' of up to 32 bytes is copied into 'first' but only read; use a std::string_view [nettune-incoming-buffer-copy]
  std::cout << first;
  n = recv(fd, large, sizeof large, 0);
  std::string second(large, n);
// CHECK-MESSAGES-LARGE: :[[@LINE-1]]:15: warning: received buffer 'large' of up to 2048 bytes is copied into 'second' but only read; use a std::string_view [nettune-incoming-buffer-copy]
  std::cout << second;
  recv(fd, all.data(), all.size(), 0);
  std::string third = all; // of unknown size
// CHECK-MESSAGES-LARGE: :[[@LINE-1]]:15: warning: received buffer 'all' is copied into 'third' but never modified; use it by reference [nettune-incoming-buffer-copy]
  std::cout << third;
}
