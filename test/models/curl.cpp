// MODEL: curl
// PACKAGES: libcurl4-openssl-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/curl.json names, against the real header.

#include <curl/curl.h>

static int onSocket(CURL *, curl_socket_t, int, void *, void *) { return 0; }
static int onTimer(CURLM *, long, void *) { return 0; }

static_assert(CURLMOPT_SOCKETFUNCTION == 20001 && CURLMOPT_TIMERFUNCTION == 20004);

void transfers(CURL *easy, CURLM *multi) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, onSocket);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, onTimer);
  curl_easy_perform(easy);
  curl_easy_upkeep(easy);
  curl_multi_wait(multi, nullptr, 0, 1000, nullptr);
  curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
}
