//===- server_process.cpp - a server in a process of its own ----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "server_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace bench {

namespace {

[[noreturn]] void fail(const std::string &what) { throw std::runtime_error(what); }

/// In the new process: waits until its counters are set up, then becomes the command.
[[noreturn]] void become(const std::vector<std::string> &command, int go, int output) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  signal(SIGINT, SIG_IGN); // ctrl-C is for the load; it ends the server when it is done
  char byte = 0;
  if (read(go, &byte, 1) != 1)
    _exit(127);
  dup2(output, STDOUT_FILENO);
  std::vector<char *> arguments;
  for (const std::string &word : command)
    arguments.push_back(const_cast<char *>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  const std::string message = command[0] + ": " + std::strerror(errno) + "\n";
  (void)!write(STDERR_FILENO, message.data(), message.size());
  _exit(127);
}

} // namespace

server_process::server_process(const std::vector<std::string> &command,
                               std::chrono::milliseconds time) {
  std::array<int, 2> go{}, out{};
  if (pipe2(go.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0)
    fail(std::string("pipe: ") + std::strerror(errno));
  process = fork();
  if (process < 0)
    fail(std::string("fork: ") + std::strerror(errno));
  if (process == 0)
    become(command, go[0], out[1]);
  close(go[0]);
  close(out[1]);
  output = out[0];
  counted = std::make_unique<process_counters>(process);
  (void)!write(go[1], "g", 1);
  close(go[1]);
  try {
    read_port(time, command[0]);
  } catch (...) {
    stop();
    throw;
  }
}

server_process::~server_process() { stop(); }

void server_process::read_port(std::chrono::milliseconds time, const std::string &name) {
  const auto end = std::chrono::steady_clock::now() + time;
  for (std::string text;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    pollfd ready{output, POLLIN, 0};
    const int events = left.count() > 0 ? poll(&ready, 1, static_cast<int>(left.count())) : 0;
    if (events < 0 && errno == EINTR)
      fail("interrupted");
    if (events <= 0)
      fail(name + " does not say `port N` within " + std::to_string(time.count()) + " ms");
    std::array<char, 256> part;
    const ssize_t size = read(output, part.data(), part.size());
    if (size <= 0)
      fail(name + " ended before it listened");
    text.append(part.data(), static_cast<std::size_t>(size));
    const std::size_t at = ("\n" + text).find("\nport ");
    if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
      listens_on = static_cast<std::uint16_t>(std::atoi(text.c_str() + at + 5));
      return;
    }
  }
}

bool server_process::has_failed() const {
  siginfo_t ended{};
  const int flags = WEXITED | WNOHANG | WNOWAIT; // stop() takes the status
  if (process < 0 || waitid(P_PID, static_cast<id_t>(process), &ended, flags) != 0)
    return false;
  return ended.si_pid != 0 && (ended.si_code != CLD_EXITED || ended.si_status != 0);
}

bool server_process::stop() {
  if (process < 0)
    return false;
  const pid_t child = std::exchange(process, -1);
  kill(child, SIGTERM);
  int status = 0;
  pid_t ended = 0;
  for (int waited = 0; waited < 500 && ended == 0; ++waited) {
    ended = waitpid(child, &status, WNOHANG);
    if (ended == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (ended == 0) {
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
  }
  if (output >= 0)
    close(std::exchange(output, -1));
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace bench
