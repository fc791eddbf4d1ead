//===- waiting.cpp - locks that are held, and files that are flushed -*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scenarios.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace scenarios {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t threads = 4;
constexpr std::chrono::milliseconds answer_time(1);

struct table {
  std::mutex mutex;
  std::map<int, char> entries{{1, 'a'}, {2, 'b'}, {3, 'c'}};
};

void answer_slowly(int socket) {
  char byte = 0;
  while (recv(socket, &byte, 1, 0) == 1) {
    std::this_thread::sleep_for(answer_time);
    if (send(socket, &byte, 1, MSG_NOSIGNAL) != 1)
      return;
  }
}

/// Asks a peer, and notes how many threads do so at a time.
class asking {
public:
  void operator()(int socket, char question) {
    const std::size_t now = ++under_way;
    for (std::size_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    char byte = 0;
    if (send(socket, &question, 1, MSG_NOSIGNAL) != 1 || recv(socket, &byte, 1, 0) != 1)
      throw std::runtime_error("a peer did not answer");
    --under_way;
    ++answers;
  }
  std::atomic<std::size_t> under_way = 0, most = 0, answers = 0;
};

void ask_holding(table &shared, asking &ask, int socket, int key) {
  const std::lock_guard lock(shared.mutex);
  ask(socket,
      shared.entries.at(key)); // the others wait for the lock as long as this one does for its peer
}

void ask_released(table &shared, asking &ask, int socket, int key) {
  char question = 0;
  {
    const std::lock_guard lock(shared.mutex);
    question = shared.entries.at(key);
  }
  ask(socket, question);
}

/// Calls of write() and its like in this process so far.
double write_calls() {
  std::ifstream io("/proc/self/io");
  for (std::string key, value; io >> key >> value;)
    if (key == "syscw:")
      return std::stod(value);
  throw std::runtime_error("/proc/self/io does not count write calls");
}

/// A file that is gone with this object.
class scratch_file {
public:
  scratch_file() {
    std::string pattern = std::filesystem::temp_directory_path() / "nettune_log.XXXXXX";
    fd = checked(mkstemp(pattern.data()), "mkstemp");
    path = pattern;
  }
  ~scratch_file() {
    close(fd);
    unlink(path.c_str());
  }
  scratch_file(const scratch_file &) = delete;
  scratch_file &operator=(const scratch_file &) = delete;
  std::string path;
  int fd = -1;
};

void write_lines(const scratch_file &file, const std::string &line, std::size_t messages,
                 bool flushed) {
  std::ofstream out(file.path);
  for (std::size_t i = 0; i < messages; ++i)
    if (flushed)
      out << line << std::endl;
    else
      out << line << '\n';
  if (!out.flush())
    throw std::runtime_error(file.path + " cannot be written");
}

std::size_t write_synced(const scratch_file &file, const std::string &line, std::size_t messages,
                         std::size_t together) {
  std::size_t syncs = 0;
  for (std::size_t i = 1; i <= messages; ++i) {
    if (write(file.fd, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
      throw std::runtime_error(file.path + " cannot be written");
    if (i % together != 0 && i != messages)
      continue;
    checked(fdatasync(file.fd), "fdatasync");
    ++syncs;
  }
  return syncs;
}

} // namespace

nlohmann::ordered_json locks(const std::string &how, bool own, double seconds) {
  if (how != "held" && how != "released")
    throw std::invalid_argument("locks: held or released");
  std::vector<connected_pair> pairs;
  std::array<table, threads> tables;
  asking ask;
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i)
    pairs.push_back(connect_pair());
  const auto end = clock::now() + std::chrono::duration<double>(seconds);
  for (std::size_t i = 0; i < threads; ++i) {
    running.emplace_back([&, i] { answer_slowly(pairs[i].server.get()); });
    running.emplace_back([&, i] {
      const auto one = how == "held" ? ask_holding : ask_released;
      while (clock::now() < end)
        one(tables[own ? i : 0], ask, pairs[i].client.get(), 1 + static_cast<int>(i % 3));
      shutdown(pairs[i].client.get(), SHUT_WR);
    });
  }
  for (std::thread &one : running)
    one.join();
  return {{"io_at_once", ask.most.load()},
          {"messages_per_s", static_cast<double>(ask.answers) / seconds}};
}

nlohmann::ordered_json log(const std::string &how, std::size_t size, std::size_t messages) {
  const scratch_file file;
  const std::string line(size, 'x');
  const double writes = write_calls();
  std::size_t syncs = 0;
  const auto begin = clock::now();
  if (how == "flushed" || how == "buffered")
    write_lines(file, line, messages, how == "flushed");
  else if (how == "synced" || how == "synced_64")
    syncs = write_synced(file, line, messages, how == "synced" ? 1 : 64);
  else
    throw std::invalid_argument("log: flushed, buffered, synced or synced_64");
  const std::chrono::duration<double> time = clock::now() - begin;
  const auto all = static_cast<double>(messages);
  return {{"writes_per_message", (write_calls() - writes) / all},
          {"syncs_per_message", static_cast<double>(syncs) / all},
          {"messages_per_s", all / time.count()}};
}

} // namespace scenarios
