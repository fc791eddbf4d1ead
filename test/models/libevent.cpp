// MODEL: libevent
// PACKAGES: libevent-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/libevent.json names, against the real headers.

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/dns.h>
#include <event2/dns_struct.h>
#include <event2/event.h>
#include <event2/event_compat.h>
#include <event2/event_struct.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <event2/util.h>

static_assert(EVLOOP_ONCE == 1 && EVLOOP_NONBLOCK == 2 && LEV_OPT_LEAVE_SOCKETS_BLOCKING == 1);

static void onEvent(evutil_socket_t, short, void *) {}
static void onData(bufferevent *, void *) {}
static void onBufferEvent(bufferevent *, short, void *) {}
static bufferevent_filter_result filter(evbuffer *, evbuffer *, ev_ssize_t, bufferevent_flush_mode, void *) {
  return BEV_OK;
}
static void onAccept(evconnlistener *, evutil_socket_t, sockaddr *, int, void *) {}
static void onAcceptError(evconnlistener *, void *) {}
static void onRequest(evhttp_request *, void *) {}
static int onHeader(evhttp_request *, void *) { return 0; }
static void onRequestError(evhttp_request_error, void *) {}
static void onClose(evhttp_connection *, void *) {}
static bufferevent *makeBufferEvent(event_base *, void *) { return nullptr; }
static void onAddress(int, evutil_addrinfo *, void *) {}
static void onName(int, char, int, int, void *, void *) {}
static void onQuestion(evdns_server_request *, void *) {}
static int onEach(const event_base *, const event *, void *) { return 0; }

void events(event_base *base, evutil_socket_t fd, event *e, timeval *time) {
  event_new(base, fd, EV_READ, onEvent, nullptr);
  evtimer_new(base, onEvent, nullptr);
  event_set(e, fd, EV_READ, onEvent, nullptr);
  event_assign(e, base, fd, EV_READ, onEvent, nullptr);
  event_base_once(base, fd, EV_TIMEOUT, onEvent, nullptr, time);
  event_once(fd, EV_TIMEOUT, onEvent, nullptr, time);
  event_base_foreach_event(base, onEach, nullptr);
  event_base_loop(base, EVLOOP_ONCE);
  event_loop(EVLOOP_ONCE);
}

void streams(event_base *base, evutil_socket_t fd, bufferevent *stream, sockaddr *address) {
  bufferevent_setcb(stream, onData, onData, onBufferEvent, nullptr);
  bufferevent_filter_new(stream, filter, filter, BEV_OPT_CLOSE_ON_FREE, nullptr, nullptr);
  char data[4096];
  bufferevent_read(stream, data, sizeof data);
  evutil_make_socket_nonblocking(fd);
  evconnlistener *listener = evconnlistener_new(base, onAccept, nullptr, LEV_OPT_CLOSE_ON_FREE, 128, fd);
  evconnlistener_new_bind(base, onAccept, nullptr, LEV_OPT_REUSEABLE, 128, address, sizeof *address);
  evconnlistener_set_cb(listener, onAccept, nullptr);
  evconnlistener_set_error_cb(listener, onAcceptError);
}

void http(evhttp *server, evhttp_connection *connection) {
  evhttp_set_cb(server, "/", onRequest, nullptr);
  evhttp_set_gencb(server, onRequest, nullptr);
  evhttp_set_bevcb(server, makeBufferEvent, nullptr);
  evhttp_request *request = evhttp_request_new(onRequest, nullptr);
  evhttp_request_set_chunked_cb(request, onRequest);
  evhttp_request_set_header_cb(request, onHeader);
  evhttp_request_set_error_cb(request, onRequestError);
  evhttp_request_set_on_complete_cb(request, onRequest, nullptr);
  evhttp_connection_set_closecb(connection, onClose, nullptr);
}

void names(event_base *base, evdns_base *dns, evutil_socket_t fd, in_addr *v4, in6_addr *v6) {
  evdns_getaddrinfo(dns, "example.org", "80", nullptr, onAddress, nullptr);
  evdns_base_resolve_ipv4(dns, "example.org", 0, onName, nullptr);
  evdns_base_resolve_ipv6(dns, "example.org", 0, onName, nullptr);
  evdns_base_resolve_reverse(dns, v4, 0, onName, nullptr);
  evdns_base_resolve_reverse_ipv6(dns, v6, 0, onName, nullptr);
  evdns_add_server_port_with_base(base, fd, 0, onQuestion, nullptr);
  evdns_base_resolv_conf_parse(dns, DNS_OPTIONS_ALL, "/etc/resolv.conf");
  evdns_base_load_hosts(dns, "/etc/hosts");
  evutil_addrinfo *found = nullptr;
  evutil_getaddrinfo("example.org", "80", nullptr, &found);
}
