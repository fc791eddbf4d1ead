//===- zero_copy.cpp - sending without the kernel's copy --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "zero_copy.h"

#include <cerrno>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <vector>

namespace messaging::detail {

namespace {

/// The buffers without their first \p skip bytes, as sendmsg takes them.
std::vector<iovec> rest_of(const std::vector<asio::const_buffer> &buffers, std::size_t skip) {
  std::vector<iovec> rest;
  for (const asio::const_buffer &buffer : buffers) {
    const asio::const_buffer left = buffer + skip;
    skip -= std::min(skip, buffer.size());
    if (left.size() != 0)
      rest.push_back({const_cast<void *>(left.data()), left.size()});
  }
  return rest;
}

/// The range of calls that a message of the error queue tells of.
const sock_extended_err *notification(const cmsghdr &message) {
  const bool of_errors = (message.cmsg_level == SOL_IP && message.cmsg_type == IP_RECVERR) ||
                         (message.cmsg_level == SOL_IPV6 && message.cmsg_type == IPV6_RECVERR);
  if (!of_errors)
    return nullptr;
  const auto *error = reinterpret_cast<const sock_extended_err *>(CMSG_DATA(&message));
  return error->ee_errno == 0 && error->ee_origin == SO_EE_ORIGIN_ZEROCOPY ? error : nullptr;
}

} // namespace

bool zero_copy_sender::enable(int socket) {
  const int on = 1;
  allowed = setsockopt(socket, SOL_SOCKET, SO_ZEROCOPY, &on, sizeof on) == 0;
  return allowed;
}

std::error_code zero_copy_sender::send(int socket, const write_batch &batch) {
  for (;;) {
    std::vector<iovec> rest = rest_of(batch.buffers(), sent);
    if (rest.empty())
      return {};
    msghdr message{};
    message.msg_iov = rest.data();
    message.msg_iovlen = std::min<std::size_t>(rest.size(), UIO_MAXIOV);
    constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
    ssize_t took = sendmsg(socket, &message, flags | MSG_ZEROCOPY);
    if (took >= 0)
      ++calls;
    else if (errno == ENOBUFS) // the limit of locked memory, or of notifications
      took = sendmsg(socket, &message, flags);
    if (took >= 0)
      sent += static_cast<std::size_t>(took);
    else if (errno != EINTR)
      return {errno, std::generic_category()};
  }
}

void zero_copy_sender::keep(std::unique_ptr<write_batch> batch) {
  sent = 0;
  kept.push_back({calls, std::move(batch)});
}

void zero_copy_sender::read_notifications(int socket) {
  for (;;) {
    alignas(cmsghdr) char control[256];
    msghdr message{};
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
      return;
    for (cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
      // TCP tells in order: what is done up to here is done altogether.
      if (const sock_extended_err *range = notification(*c))
        done = range->ee_data + 1;
  }
}

std::unique_ptr<write_batch> zero_copy_sender::released(int socket) {
  const auto needed = [&] { return static_cast<std::int32_t>(kept.front().end - done) > 0; };
  if (!kept.empty() && needed())
    read_notifications(socket);
  if (kept.empty() || needed())
    return nullptr;
  std::unique_ptr<write_batch> batch = std::move(kept.front().batch);
  kept.pop_front();
  return batch;
}

} // namespace messaging::detail
