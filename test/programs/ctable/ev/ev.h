/* A small poll loop in the manner of C: a function and a pointer for it. */
#pragma once

struct ev_loop;
typedef void (*ev_callback)(int fd, void *user);

ev_loop *ev_new();
void ev_watch(ev_loop *loop, int fd, ev_callback callback, void *user);
void ev_run(ev_loop *loop);
