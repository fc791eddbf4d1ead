// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// libevent and libuv: C callbacks with user data, and work that they hand to a pool.

#include <event_c_mock.h>
#include <sys/socket.h>
#include <unistd.h>

struct Session {
  void onRead();
};

// The user data is cast back: one call down.
static void onRead(bufferevent *, void *data) { static_cast<Session *>(data)->onRead(); }
void Session::onRead() {
  addrinfo *found;
  evutil_getaddrinfo("example.org", "80", nullptr, &found);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'evutil_getaddrinfo' blocks the event loop: called from the handler given to 'bufferevent_setcb'; use evdns_getaddrinfo [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE+14]]:3: note: 'onRead' runs on the event loop: given to 'bufferevent_setcb' here
// CHECK-NOTES: :[[@LINE-6]]:79: note: 'onRead' calls 'Session::onRead' here
// CHECK-NOTES: :[[@LINE-4]]:3: note: 'evutil_getaddrinfo' waits for a name server
// CHECK-NOTES: :[[@LINE-5]]:3: note: guide: {{.*}}#blocking-call-in-handler
  evutil_getaddrinfo(nullptr, "80", nullptr, &found);
}
static void onTimer(evutil_socket_t, short, void *) {
  sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the event loop: called from the handler given to 'event_new'; {{.*}} [nettune-blocking-call-in-handler]
}
// evconnlistener_new_bind makes the sockets that it accepts non-blocking.
static void onAccept(evconnlistener *, evutil_socket_t fd, sockaddr *, int, void *) { send(fd, "hello", 5, 0); }

void serve(event_base *base, bufferevent *stream, Session *session) {
  bufferevent_setcb(stream, onRead, nullptr, nullptr, session);
  event_new(base, -1, 0, onTimer, session);
  evconnlistener_new_bind(base, onAccept, session, 0, 128, nullptr, 0);
}

// A loop of the program's own around single turns.
void turn(event_base *base, void (*idle)()) {
  while (event_base_loop(base, 1) == 0) {
    idle();
    usleep(10);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the event loop: called from the event loop in 'turn'; {{.*}} [nettune-blocking-call-in-handler]
  }
}
// Started anew: it runs until somebody ends it.
void restart(event_base *base, void (*idle)()) {
  while (event_base_loop(base, 0) == 0) {
    idle();
    sleep(10);
  }
}

static void work(uv_work_t *) { uv_sleep(1); }
static void afterWork(uv_work_t *, int) {
  uv_sleep(2);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_sleep' blocks the event loop: called from the handler given to 'uv_queue_work'; use uv_timer_start [nettune-blocking-call-in-handler]
}
static void onUvTimer(uv_timer_t *) {
  static uv_loop_t *loop;
  static uv_fs_t *request;
  uv_fs_open(loop, request, "log", 0, 0, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_fs_open' may block the event loop: called from the handler given to 'uv_timer_start'; pass a callback [nettune-blocking-call-in-handler]
  uv_fs_open(loop, request, "log", 0, 0, [](uv_fs_t *) { uv_sleep(3); });
// CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'uv_sleep' blocks the event loop: called from the handler given to 'uv_fs_open'; use uv_timer_start [nettune-blocking-call-in-handler]
}
void uv(uv_loop_t *loop, uv_work_t *request, uv_timer_t *timer) {
  uv_queue_work(loop, request, work, afterWork);
  uv_timer_start(timer, onUvTimer, 0, 0);
}
