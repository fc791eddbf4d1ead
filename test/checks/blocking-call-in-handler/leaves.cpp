// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// One call of each kind of wait, with the near miss that does not wait beside it.
// The place of the warning: a member's name, the start of a call of a function,
// the variable that a constructor initialises.

#include <asio.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <mutex>
#include <netdb.h>
#include <poll.h>
#include <sstream>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
using asio::ip::tcp;
asio::io_context io;

void on_sleep() {
  ::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_no_sleep() {
  std::this_thread::sleep_for(0s);
  std::this_thread::sleep_for(std::chrono::milliseconds(0));
  ::usleep(0);
  std::this_thread::yield();
}

std::mutex mutex;
std::condition_variable changed;
bool ready;
void on_wait() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return ready; });
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::condition_variable::wait' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_no_wait() {
  std::unique_lock lock(mutex);
  changed.wait_for(lock, 0s);
  changed.notify_one();
}
void on_future(std::future<int> &answer) {
  answer.get();
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::future::get' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_future_poll(std::future<int> &answer) {
  answer.wait_for(std::chrono::seconds(0));
  answer.valid();
}

void on_join(std::thread &worker) {
  worker.join();
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::thread::join' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_detach(std::thread &worker) { worker.detach(); }

void on_lookup(const char *host) {
  addrinfo *found = nullptr;
  if (::getaddrinfo(host, "80", nullptr, &found) == 0)
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'getaddrinfo' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
    ::freeaddrinfo(found);
}
// What the hints say last, before the call, decides.
void on_lookup_numeric(const char *host) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_PASSIVE;
  hints.ai_flags |= AI_NUMERICHOST;
  ::getaddrinfo(host, "80", &hints, &found);
  addrinfo listed = {AI_NUMERICHOST | AI_NUMERICSERV, AF_INET};
  ::getaddrinfo(host, "80", &listed, &found);
}
void on_lookup_numeric_first(const char *host) {
  addrinfo hints{}, other{}, *found = nullptr;
  hints.ai_flags = AI_NUMERICHOST;
  if (::getaddrinfo(host, "80", &hints, &found) == 0)
    return;
  hints.ai_flags = AI_ADDRCONFIG;
  ::getaddrinfo(host, "80", &hints, &found);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  other.ai_flags = AI_NUMERICHOST;
  hints.ai_flags |= AI_NUMERICHOST;
}
void on_lookup_numeric_perhaps(const char *host, int flags) {
  addrinfo hints{}, other{}, *found = nullptr;
  other.ai_flags = AI_NUMERICHOST;
  hints.ai_flags = flags;
  ::getaddrinfo(host, "80", &hints, &found);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_name(const sockaddr *address, socklen_t length) {
  char text[64];
  ::getnameinfo(address, length, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
}

void on_resolve(tcp::resolver &resolver) {
  auto found = resolver.resolve("db", "5432");
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'asio::ip::basic_resolver::resolve' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_async_resolve(tcp::resolver &resolver) {
  resolver.async_resolve("db", "5432", asio::detached);
}

void on_connect(tcp::socket &socket, const tcp::endpoint &peer) {
  socket.connect(peer);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::basic_socket::connect' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_write(tcp::socket &socket, const std::string &text) {
  asio::write(socket, asio::buffer(text));
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::write' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_async_write(tcp::socket &socket, const std::string &text) {
  asio::async_write(socket, asio::buffer(text), asio::detached);
  socket.async_write_some(asio::buffer(text), asio::detached);
  auto later = socket.async_write_some(asio::buffer(text), asio::use_future);
}
void on_drain(tcp::socket &socket, char (&data)[64]) {
  if (socket.available() > 0)
    socket.read_some(asio::buffer(data));
}
void on_timer(asio::steady_timer &timer) {
  timer.expires_after(1s);
  timer.wait();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'asio::basic_waitable_timer::wait' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_async_timer(asio::steady_timer &timer) {
  timer.expires_after(1s);
  timer.async_wait(asio::detached);
}
void on_recv(int fd, char (&data)[64]) {
  ::recv(fd, data, sizeof data, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'recv' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_recv_now(int fd, char (&data)[64]) {
  ::recv(fd, data, sizeof data, MSG_DONTWAIT);
  const int flags = MSG_PEEK | MSG_DONTWAIT;
  ::recv(fd, data, sizeof data, flags);
}
void on_poll_one(int fd) {
  pollfd entry{fd, POLLIN, 0};
  ::poll(&entry, 1, 1000);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'poll' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_poll_now(int fd) {
  pollfd entry{fd, POLLIN, 0};
  ::poll(&entry, 1, 0);
}

void on_load(const std::string &path) {
  std::ifstream file(path);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_no_load(std::istringstream &text) {
  std::ifstream unopened;
  char data[8];
  text.read(data, sizeof data);
}
void on_fopen(const char *path) {
  std::FILE *file = std::fopen(path, "r");
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'fopen' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  std::fclose(file);
}
void on_reserve_descriptor() { std::fopen("/dev/null", "r"); }

void on_shell() {
  std::system("sync");
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_child(int child) {
  int status;
  ::waitpid(child, &status, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'waitpid' blocks the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_reap(int child) {
  int status;
  ::waitpid(child, &status, WNOHANG);
}

void on_console() {
  std::getchar();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getchar' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}
void on_short_lock() {
  std::lock_guard guard(mutex);
  ready = true;
}
void on_try_lock() {
  if (mutex.try_lock())
    mutex.unlock();
}

void post_all(std::future<int> &answer, std::thread &worker, tcp::socket &socket,
              tcp::resolver &resolver, asio::steady_timer &timer, std::istringstream &text,
              char (&data)[64], std::string &line, const tcp::endpoint &peer) {
  asio::post(io, &on_sleep);
  asio::post(io, &on_no_sleep);
  asio::post(io, &on_wait);
  asio::post(io, &on_no_wait);
  asio::post(io, [&] { on_future(answer); });
  asio::post(io, [&] { on_future_poll(answer); });
  asio::post(io, [&] { on_join(worker); });
  asio::post(io, [&] { on_detach(worker); });
  asio::post(io, [] { on_lookup("db"); });
  asio::post(io, [] { on_lookup_numeric("db"); });
  asio::post(io, [] { on_lookup_numeric_first("db"); });
  asio::post(io, [] { on_lookup_numeric_perhaps("db", 0); });
  asio::post(io, [] { on_name(nullptr, 0); });
  asio::post(io, [&] { on_resolve(resolver); });
  asio::post(io, [&] { on_async_resolve(resolver); });
  asio::post(io, [&] { on_connect(socket, peer); });
  asio::post(io, [&] { on_write(socket, line); });
  asio::post(io, [&] { on_async_write(socket, line); });
  asio::post(io, [&] { on_drain(socket, data); });
  asio::post(io, [&] { on_timer(timer); });
  asio::post(io, [&] { on_async_timer(timer); });
  asio::post(io, [&] { on_recv(3, data); });
  asio::post(io, [&] { on_recv_now(3, data); });
  asio::post(io, [] { on_poll_one(3); });
  asio::post(io, [] { on_poll_now(3); });
  asio::post(io, [&] { on_load(line); });
  asio::post(io, [&] { on_no_load(text); });
  asio::post(io, [] { on_fopen("f"); });
  asio::post(io, &on_reserve_descriptor);
  asio::post(io, &on_shell);
  asio::post(io, [] { on_child(1); });
  asio::post(io, [] { on_reap(1); });
  asio::post(io, &on_console);
  asio::post(io, &on_short_lock);
  asio::post(io, &on_try_lock);
}
