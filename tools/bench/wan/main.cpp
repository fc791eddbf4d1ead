//===- main.cpp - a long way between two network namespaces -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "delay_line.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace {

constexpr const char *about =
    "Carries packets between a device `wan` in one network namespace and one in another, each\n"
    "packet later by the delay. Prints `ready`; ends on SIGTERM or at the end of its input, and "
    "the\n"
    "devices with it.";

constexpr std::size_t largest_packet = 65536;

int checked(int result, const std::string &what) {
  if (result < 0)
    throw std::system_error(errno, std::generic_category(), what);
  return result;
}

/// The near or far end: a TUN device, whose packets this process reads and writes.
class tunnel {
public:
  explicit tunnel(const std::string &name_space) {
    const std::string file = "/run/netns/" + name_space;
    const int space = checked(open(file.c_str(), O_RDONLY | O_CLOEXEC), file);
    const int entered = setns(space, CLONE_NEWNET);
    close(space);
    checked(entered, file);
    fd = checked(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "/dev/net/tun");
    ifreq request{};
    std::strncpy(request.ifr_name, "wan", IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    checked(ioctl(fd, TUNSETIFF, &request), "TUNSETIFF in " + name_space);
  }
  ~tunnel() {
    if (fd >= 0)
      close(fd);
  }
  tunnel(const tunnel &) = delete;
  tunnel &operator=(const tunnel &) = delete;

  /// What the namespace sends goes into \p line.
  void read_into(wan::delay_line &line) const {
    std::array<std::uint8_t, largest_packet> buffer;
    for (;;) {
      const ssize_t size = read(fd, buffer.data(), buffer.size());
      if (size <= 0)
        return; // EAGAIN: that was all; or the device is still down
      (void)line.push(wan::packet(buffer.begin(), buffer.begin() + size), wan::clock::now());
    }
  }
  /// What has arrived is received by the namespace.
  void write_from(wan::delay_line &line) const {
    while (const auto data = line.pop(wan::clock::now()))
      if (write(fd, data->data(), data->size()) < 0 && errno == EBADFD)
        throw std::system_error(errno, std::generic_category(), "a device is gone");
  }
  int id() const { return fd; }

private:
  int fd = -1;
};

volatile std::sig_atomic_t ending = 0;

void end(int) { ending = 1; }

/// Time until the next packet arrives at either end; none under way: for ever.
const timespec *until_next(const wan::delay_line &out, const wan::delay_line &back,
                           timespec &time) {
  auto next = out.next();
  if (const auto other = back.next(); other && (!next || *other < *next))
    next = other;
  if (!next)
    return nullptr;
  const auto wait = std::max(wan::clock::duration::zero(), *next - wan::clock::now()).count(); // ns
  time = {wait / 1000000000, wait % 1000000000};
  return &time;
}

void carry(const tunnel &near, const tunnel &far, const wan::path &way) {
  // Signals come while it waits, and at no other time: none is missed.
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  checked(sigprocmask(SIG_BLOCK, &signals, &before), "sigprocmask");
  std::signal(SIGTERM, end);
  std::signal(SIGINT, end);
  wan::path back_way = way;
  back_way.drop_every = 0; // only data is lost, no confirmations
  wan::delay_line out(way), back(back_way);
  std::cout << "ready" << std::endl;
  std::array<pollfd, 3> readable = {
      {{near.id(), POLLIN, 0}, {far.id(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
  while (!ending && readable[2].revents == 0) { // so it does not outlive who started it
    timespec time{};
    if (ppoll(readable.data(), readable.size(), until_next(out, back, time), &before) < 0 &&
        errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "ppoll");
    near.read_into(out);
    far.read_into(back);
    far.write_from(out);
    near.write_from(back);
  }
}

} // namespace

int main(int argc, char **argv) {
  CLI::App app(about, "wan");
  std::string near, far;
  double delay_ms = 0, rate_mbit = 0;
  wan::path way;
  app.add_option("--near", near, "Namespace, below /run/netns")->required();
  app.add_option("--far", far, "The other one")->required();
  app.add_option("--delay-ms", delay_ms, "One way")->required()->check(CLI::Range(0.0, 60000.0));
  app.add_option("--rate-mbit", rate_mbit, "0: no limit")->check(CLI::Range(0.0, 1e6));
  app.add_option("--queue-bytes", way.queue_bytes, "That may wait for the rate");
  app.add_option("--drop-every", way.drop_every, "From near to far, each so-many-th packet");
  CLI11_PARSE(app, argc, argv);
  way.delay = std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double, std::milli>(delay_ms));
  way.bytes_per_second = rate_mbit * 1e6 / 8;
  try {
    const tunnel first(near), second(far);
    carry(first, second, way);
    return 0;
  } catch (const std::exception &error) {
    std::cerr << "wan: " << error.what() << "\n";
    return 1;
  }
}
