// MODEL: curl
// PACKAGES: libcurl4-openssl-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/curl.json names, against the real header.

#include <curl/curl.h>

static int onSocket(CURL *, curl_socket_t, int, void *, void *) { return 0; }
static int onTimer(CURLM *, long, void *) { return 0; }

static_assert(CURLOPT_BUFFERSIZE == 98 && CURLOPT_UPLOAD_BUFFERSIZE == 280 && CURLOPT_TCP_NODELAY == 121 &&
              CURLOPT_CONNECTTIMEOUT == 78 && CURLOPT_CONNECTTIMEOUT_MS == 156 && CURLMOPT_MAX_TOTAL_CONNECTIONS == 13);
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

void ownProtocol(CURL *easy, CURLM *multi) {
  char data[64] = {};
  size_t count;
  curl_easy_send(easy, data, sizeof data, &count);
  curl_easy_recv(easy, data, sizeof data, &count);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 65536L);
  curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 16L);
}
