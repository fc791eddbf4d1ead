// MODEL: hiredis
// PACKAGES: libhiredis-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/hiredis.json names, against the real headers.

#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <sys/time.h>

static void onReply(redisAsyncContext *, void *, void *) {}
static void onConnect(const redisAsyncContext *, int) {}

void synchronous(redisContext *context, va_list arguments) {
  timeval time = {};
  redisConnect("", 0);
  redisConnectWithTimeout("", 0, time);
  redisConnectUnix("");
  redisConnectUnixWithTimeout("", time);
  redisReconnect(context);
  redisCommand(context, "");
  redisvCommand(context, "", arguments);
  redisCommandArgv(context, 0, nullptr, nullptr);
  void *reply;
  redisGetReply(context, &reply);
  redisBufferRead(context);
  int done;
  redisBufferWrite(context, &done);
}

void asynchronous(redisAsyncContext *context, va_list arguments) {
  redisAsyncSetConnectCallback(context, onConnect);
  redisAsyncSetDisconnectCallback(context, onConnect);
  redisAsyncCommand(context, onReply, nullptr, "");
  redisvAsyncCommand(context, onReply, nullptr, "", arguments);
  redisAsyncCommandArgv(context, onReply, nullptr, 0, nullptr, nullptr);
  redisAsyncFormattedCommand(context, onReply, nullptr, "", 0);
}
