// MODEL: libuv
// PACKAGES: libuv1-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/libuv.json names, against the real header.

#include <uv.h>

static_assert(UV_RUN_ONCE == 1 && UV_RUN_NOWAIT == 2);

static void onClose(uv_handle_t *) {}
static void onShutdown(uv_shutdown_t *, int) {}
static void onConnection(uv_stream_t *, int) {}
static void onAlloc(uv_handle_t *, size_t, uv_buf_t *) {}
static void onRead(uv_stream_t *, ssize_t, const uv_buf_t *) {}
static void onWrite(uv_write_t *, int) {}
static void onConnect(uv_connect_t *, int) {}
static void onSend(uv_udp_send_t *, int) {}
static void onReceive(uv_udp_t *, ssize_t, const uv_buf_t *, const sockaddr *, unsigned) {}
static void onPoll(uv_poll_t *, int, int) {}
static void onSignal(uv_signal_t *, int) {}
static void onFsEvent(uv_fs_event_t *, const char *, int, int) {}
static void onFsPoll(uv_fs_poll_t *, int, const uv_stat_t *, const uv_stat_t *) {}
static void onAddress(uv_getaddrinfo_t *, int, addrinfo *) {}
static void onName(uv_getnameinfo_t *, int, const char *, const char *) {}
static void onRandom(uv_random_t *, int, void *, size_t) {}
static void onExit(uv_process_t *, int64_t, int) {}
static void onHandle(uv_handle_t *, void *) {}
static void onFs(uv_fs_t *) {}
static void onTimer(uv_timer_t *) {}
static void work(uv_work_t *) {}
static void afterWork(uv_work_t *, int) {}
static void once() {}
static void threadMain(void *) {}

void streams(uv_stream_t *stream, uv_tcp_t *tcp, uv_pipe_t *pipe, uv_buf_t *buffer, sockaddr *address) {
  uv_listen(stream, 128, onConnection);
  uv_read_start(stream, onAlloc, onRead);
  uv_write_t write;
  uv_write(&write, stream, buffer, 1, onWrite);
  uv_write2(&write, stream, buffer, 1, stream, onWrite);
  uv_try_write(stream, buffer, 1);
  uv_shutdown_t shutdown;
  uv_shutdown(&shutdown, stream, onShutdown);
  uv_close(reinterpret_cast<uv_handle_t *>(stream), onClose);
  uv_connect_t connect;
  uv_tcp_connect(&connect, tcp, address, onConnect);
  uv_tcp_close_reset(tcp, onClose);
  uv_tcp_open(tcp, 3);
  uv_tcp_nodelay(tcp, 1);
  uv_pipe_connect(&connect, pipe, "/tmp/socket", onConnect);
  uv_pipe_open(pipe, 4);
}

void datagrams(uv_udp_t *udp, uv_buf_t *buffer, sockaddr *address) {
  uv_udp_open(udp, 5);
  uv_udp_send_t send;
  uv_udp_send(&send, udp, buffer, 1, address, onSend);
  uv_udp_try_send(udp, buffer, 1, address);
  uv_udp_recv_start(udp, onAlloc, onReceive);
}

void handles(uv_loop_t *loop, uv_poll_t *poll, uv_prepare_t *prepare, uv_check_t *check, uv_idle_t *idle, uv_async_t *async,
             uv_timer_t *timer, uv_signal_t *signal, uv_fs_event_t *event, uv_fs_poll_t *fsPoll) {
  uv_poll_init(loop, poll, 6);
  uv_poll_init_socket(loop, poll, 6);
  uv_poll_start(poll, UV_READABLE, onPoll);
  uv_prepare_start(prepare, [](uv_prepare_t *) {});
  uv_check_start(check, [](uv_check_t *) {});
  uv_idle_start(idle, [](uv_idle_t *) {});
  uv_async_init(loop, async, [](uv_async_t *) {});
  uv_timer_start(timer, onTimer, 1000, 0);
  uv_signal_start(signal, onSignal, 15);
  uv_signal_start_oneshot(signal, onSignal, 15);
  uv_fs_event_start(event, onFsEvent, "/tmp", 0);
  uv_fs_poll_start(fsPoll, onFsPoll, "/tmp", 1000);
  uv_walk(loop, onHandle, nullptr);
  uv_run(loop, UV_RUN_ONCE);
}

void requests(uv_loop_t *loop, sockaddr *address) {
  uv_getaddrinfo_t name;
  uv_getaddrinfo(loop, &name, onAddress, "example.org", nullptr, nullptr);
  uv_getnameinfo_t info;
  uv_getnameinfo(loop, &info, onName, address, 0);
  uv_random_t random;
  char bytes[16];
  uv_random(loop, &random, bytes, sizeof bytes, 0, onRandom);
  uv_work_t request;
  uv_queue_work(loop, &request, work, afterWork);
  uv_process_options_t options = {};
  options.exit_cb = onExit;
  uv_process_t process;
  uv_spawn(loop, &process, &options);
}

void threads(uv_mutex_t *mutex, uv_rwlock_t *lock, uv_sem_t *semaphore, uv_cond_t *condition, uv_barrier_t *barrier) {
  static uv_once_t guard = UV_ONCE_INIT;
  uv_once(&guard, once);
  uv_thread_t thread;
  uv_thread_create(&thread, threadMain, nullptr);
  uv_thread_options_t options = {};
  uv_thread_create_ex(&thread, &options, threadMain, nullptr);
  uv_thread_join(&thread);
  uv_mutex_lock(mutex);
  uv_rwlock_rdlock(lock);
  uv_rwlock_wrlock(lock);
  uv_sem_wait(semaphore);
  uv_cond_wait(condition, mutex);
  uv_cond_timedwait(condition, mutex, 1000000);
  uv_barrier_wait(barrier);
  uv_sleep(10);
}

void files(uv_loop_t *loop, uv_fs_t *request, uv_file file, uv_buf_t *buffer, uv_dir_t *dir) {
  uv_fs_access(loop, request, "a", 0, onFs);
  uv_fs_chmod(loop, request, "a", 0, onFs);
  uv_fs_chown(loop, request, "a", 0, 0, onFs);
  uv_fs_close(loop, request, file, onFs);
  uv_fs_closedir(loop, request, dir, onFs);
  uv_fs_copyfile(loop, request, "a", "b", 0, onFs);
  uv_fs_fchmod(loop, request, file, 0, onFs);
  uv_fs_fchown(loop, request, file, 0, 0, onFs);
  uv_fs_fdatasync(loop, request, file, onFs);
  uv_fs_fstat(loop, request, file, onFs);
  uv_fs_fsync(loop, request, file, onFs);
  uv_fs_ftruncate(loop, request, file, 0, onFs);
  uv_fs_futime(loop, request, file, 0, 0, onFs);
  uv_fs_lchown(loop, request, "a", 0, 0, onFs);
  uv_fs_link(loop, request, "a", "b", onFs);
  uv_fs_lstat(loop, request, "a", onFs);
  uv_fs_lutime(loop, request, "a", 0, 0, onFs);
  uv_fs_mkdir(loop, request, "a", 0, onFs);
  uv_fs_mkdtemp(loop, request, "aXXXXXX", onFs);
  uv_fs_mkstemp(loop, request, "aXXXXXX", onFs);
  uv_fs_open(loop, request, "a", 0, 0, onFs);
  uv_fs_opendir(loop, request, "a", onFs);
  uv_fs_read(loop, request, file, buffer, 1, 0, onFs);
  uv_fs_readdir(loop, request, dir, onFs);
  uv_fs_readlink(loop, request, "a", onFs);
  uv_fs_realpath(loop, request, "a", onFs);
  uv_fs_rename(loop, request, "a", "b", onFs);
  uv_fs_rmdir(loop, request, "a", onFs);
  uv_fs_scandir(loop, request, "a", 0, onFs);
  uv_fs_sendfile(loop, request, file, file, 0, 1, onFs);
  uv_fs_stat(loop, request, "a", onFs);
  uv_fs_statfs(loop, request, "a", onFs);
  uv_fs_symlink(loop, request, "a", "b", 0, onFs);
  uv_fs_unlink(loop, request, "a", onFs);
  uv_fs_utime(loop, request, "a", 0, 0, onFs);
  uv_fs_write(loop, request, file, buffer, 1, 0, onFs);
}
