// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Calls that return at once, told by their arguments: flags in variables, files of the
// kernel, addresses that ask no name server, timeouts of zero in all spellings. What
// stands beside each is not so.

#include <asio.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
using asio::ip::tcp;
asio::io_context io;

// MSG_DONTWAIT by a default, by a caller, by an assignment.
static int receive(int fd, void *data, std::size_t size, int flags = MSG_DONTWAIT) {
  return ::recv(fd, data, size, flags);
}
static int receive_with(int fd, void *data, std::size_t size, int flags) {
  return ::recv(fd, data, size, flags);
}
static int receive_waiting(int fd, void *data, std::size_t size, int flags = MSG_PEEK) {
  return ::recv(fd, data, size, flags);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'recv' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
// Only other files know what they give; what a file's own function gets is known.
[[clang::annotate("nettune::handler")]] int fn_receive_flags(int fd, char (&data)[8], int flags) {
  return ::recv(fd, data, sizeof data, flags);
}
static int receive_own(int fd, char (&data)[8], int flags) {
  return ::recv(fd, data, sizeof data, flags);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'recv' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void given(int fd, char (&data)[8]) {
  asio::post(io, [=, &data] { receive_own(fd, data, MSG_PEEK); });
}
void flags(int fd, bool more) {
  asio::post(io, [fd, more] {
    char data[8];
    receive(fd, data, sizeof data);
    receive_with(fd, data, sizeof data, MSG_DONTWAIT | MSG_PEEK);
    receive_waiting(fd, data, sizeof data);
    constexpr int always = MSG_DONTWAIT;
    ::send(fd, data, sizeof data, always | MSG_NOSIGNAL);
    int some = MSG_NOSIGNAL;
    some |= MSG_DONTWAIT;
    ::send(fd, data, sizeof data, more ? some | MSG_MORE : some);
    int none = MSG_NOSIGNAL;
    none |= MSG_MORE;
    ::send(fd, data, sizeof data, none);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'send' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// The kernel's own files are in memory; so is what is read from them.
static const char *statistics = "/proc/self/stat";
static const char *changed_path = "/proc/self/stat";
void choose(const char *path) { changed_path = path; }
void kernel_files() {
  asio::post(io, [] {
    std::ifstream status("/proc/self/status");
    std::string line;
    std::getline(status, line);
    status >> line;
    status.get();
    std::FILE *memory = std::fopen("/proc/meminfo", "r");
    char text[64];
    std::fgets(text, sizeof text, memory);
    std::ifstream(statistics).get();
    const std::string path = "/sys/class/net/" + line + "/mtu";
    std::ifstream mtu(path);
  });
  asio::post(io, [] {
    std::ifstream changed(changed_path);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [] {
    std::string path = "/proc/self/stat";
    path = "/var/lib/state";
    std::ifstream state(path);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
  asio::post(io, [] {
    std::ifstream process("/process.log");
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// Addresses.
void addresses(tcp::resolver &resolver, const std::string &host) {
  asio::post(io, [&] {
    addrinfo *found;
    ::getaddrinfo("10.0.0.1", "80", nullptr, &found);
    ::getaddrinfo("::1", "80", nullptr, &found);
    resolver.resolve("127.0.0.1", "80");
  });
  asio::post(io, [&] {
    resolver.resolve(host, "80");
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'asio::ip::basic_resolver::resolve' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  });
}

// No time to wait.
constexpr auto at_once = std::chrono::milliseconds(0);
const int no_timeout = 0;
enum { polling = 0 };
std::mutex mutex;
std::condition_variable changed;
void timeouts(std::future<int> &answer) {
  asio::post(io, [&] {
    pollfd entry{3, POLLIN, 0};
    ::poll(&entry, 1, no_timeout);
    ::poll(&entry, 1, polling);
    answer.wait_for(at_once);
    std::unique_lock lock(mutex);
    changed.wait_for(lock, at_once);
    changed.wait_for(lock, std::chrono::milliseconds::zero());
    std::this_thread::sleep_for(at_once);
  });
}
