//===- event_c_mock.h - parts of libevent and libuv -------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As libevent 2.1 declares it in event2/event.h, bufferevent.h, listener.h and
// util.h, and libuv 1.44 in uv.h.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_EVENT_C_MOCK_H
#define NETTUNE_TEST_MOCKS_EVENT_C_MOCK_H

extern "C" {

struct event;
struct event_base;
struct bufferevent;
struct evconnlistener;
struct sockaddr;
struct timeval;
struct addrinfo;
typedef int evutil_socket_t;
typedef void (*event_callback_fn)(evutil_socket_t, short, void *);
typedef void (*bufferevent_data_cb)(bufferevent *, void *);
typedef void (*bufferevent_event_cb)(bufferevent *, short, void *);
typedef void (*evconnlistener_cb)(evconnlistener *, evutil_socket_t, sockaddr *, int, void *);
event *event_new(event_base *, evutil_socket_t, short, event_callback_fn, void *);
int event_base_loop(event_base *, int);
void bufferevent_setcb(bufferevent *, bufferevent_data_cb, bufferevent_data_cb, bufferevent_event_cb, void *);
evconnlistener *evconnlistener_new_bind(event_base *, evconnlistener_cb, void *, unsigned, int, const sockaddr *, int);
int evutil_make_socket_nonblocking(evutil_socket_t);
int evutil_getaddrinfo(const char *, const char *, const addrinfo *, addrinfo **);

struct uv_loop_t;
struct uv_work_t;
struct uv_timer_t;
struct uv_fs_t;
typedef void (*uv_work_cb)(uv_work_t *);
typedef void (*uv_after_work_cb)(uv_work_t *, int);
typedef void (*uv_timer_cb)(uv_timer_t *);
typedef void (*uv_fs_cb)(uv_fs_t *);
int uv_queue_work(uv_loop_t *, uv_work_t *, uv_work_cb, uv_after_work_cb);
int uv_timer_start(uv_timer_t *, uv_timer_cb, unsigned long, unsigned long);
int uv_fs_open(uv_loop_t *, uv_fs_t *, const char *, int, int, uv_fs_cb);
void uv_sleep(unsigned);

} // extern "C"

#endif // NETTUNE_TEST_MOCKS_EVENT_C_MOCK_H
