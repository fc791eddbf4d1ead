//===- counters.cpp - what a process has cost so far ------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "counters.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <linux/perf_event.h>
#include <sstream>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bench {

namespace fs = std::filesystem;

namespace {

constexpr const char *tracing = "/sys/kernel/tracing/events/";

std::string contents(const fs::path &path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The number behind "KEY:" in a file of lines like /proc/PID/status.
std::int64_t line_value(const std::string &text, const std::string &key) {
  const std::size_t at = text.find("\n" + key + ":");
  return at == std::string::npos ? 0 : std::atoll(text.c_str() + at + key.size() + 2);
}

int open_tracepoint(std::uint64_t id, pid_t process) {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_TRACEPOINT;
  attributes.size = sizeof attributes;
  attributes.config = id;
  attributes.inherit = 1; // threads that it will start
  return static_cast<int>(
      syscall(SYS_perf_event_open, &attributes, process, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

/// utime, stime, minflt, majflt of /proc/PID/stat, fields 10, 12, 14, 15.
void add_stat(const std::string &text, counts &all) {
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos)
    return;
  std::istringstream rest(text.substr(name_end + 1));
  std::vector<std::string> fields{"", "", ""};
  for (std::string field; rest >> field;)
    fields.push_back(field);
  if (fields.size() < 16)
    return;
  const std::int64_t tick_us = 1000000 / sysconf(_SC_CLK_TCK);
  all["page_faults"] = std::stoll(fields[10]) + std::stoll(fields[12]);
  all["user_us"] = std::stoll(fields[14]) * tick_us;
  all["system_us"] = std::stoll(fields[15]) * tick_us;
}

} // namespace

process_counters::process_counters(pid_t process) : process(process) {
  if (open("syscalls", {}))
    (void)(open("reads", {SYS_read, SYS_readv, SYS_recvfrom, SYS_recvmsg}) &&
           open("writes", {SYS_write, SYS_writev, SYS_sendto, SYS_sendmsg}));
}

process_counters::~process_counters() {
  for (const event &e : events)
    close(e.fd);
}

// All on one tracepoint: the kernel takes some 50 ms to give one up.
bool process_counters::open(const std::string &name, const std::vector<long> &calls) {
  const std::string point = std::string(tracing) + "raw_syscalls/sys_enter";
  const std::string id = contents(point + "/id");
  if (id.empty()) {
    reason = "cannot read " + point + "; as root: mount -t tracefs tracefs /sys/kernel/tracing";
    return false;
  }
  const int fd = open_tracepoint(std::stoull(id), process);
  if (fd < 0) {
    reason = std::string("perf_event_open: ") + std::strerror(errno) +
             "; run as root, or lower kernel.perf_event_paranoid to -1";
    return false;
  }
  events.push_back({name, fd});
  std::string filter;
  for (const long call : calls)
    filter += (filter.empty() ? "id == " : " || id == ") + std::to_string(call);
  if (!filter.empty() && ioctl(fd, PERF_EVENT_IOC_SET_FILTER, filter.c_str()) < 0) {
    reason = std::string("PERF_EVENT_IOC_SET_FILTER: ") + std::strerror(errno);
    close(fd);
    events.pop_back();
    return false;
  }
  return true;
}

counts process_counters::read() const {
  counts all;
  const fs::path home = "/proc/" + std::to_string(process);
  add_stat(contents(home / "stat"), all);
  std::error_code gone; // a process that has ended has no threads
  for (const auto &task : fs::directory_iterator(home / "task", gone)) {
    all["cpu_us"] += std::atoll(contents(task.path() / "schedstat").c_str()) / 1000;
    const std::string status = contents(task.path() / "status");
    all["voluntary_switches"] += line_value(status, "voluntary_ctxt_switches");
    all["involuntary_switches"] += line_value(status, "nonvoluntary_ctxt_switches");
  }
  for (const event &e : events) {
    std::uint64_t value = 0;
    if (::read(e.fd, &value, sizeof value) == sizeof value)
      all[e.name] += static_cast<std::int64_t>(value);
  }
  return all;
}

memory_use memory_of(pid_t process) {
  const std::string status = contents("/proc/" + std::to_string(process) + "/status");
  return {line_value(status, "VmRSS") * 1024, line_value(status, "VmHWM") * 1024};
}

} // namespace bench
