// MODEL: posix
// PACKAGES: libc6-dev linux-libc-dev liburing-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/posix.json names, against the system's own headers.

#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <liburing.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <syslog.h>
#include <threads.h>
#include <unistd.h>

// What posix.json's conditions give as numbers.
static_assert(O_NONBLOCK == 2048 && SOCK_NONBLOCK == 2048 && EFD_NONBLOCK == 2048 && TFD_NONBLOCK == 2048 &&
              SFD_NONBLOCK == 2048 && IN_NONBLOCK == 2048 && IPC_NOWAIT == 2048);
static_assert(MSG_DONTWAIT == 64 && NI_NUMERICHOST == 1 && WNOHANG == 1 && MS_ASYNC == 1);
static_assert(F_SETFL == 4 && F_SETLKW == 7 && F_OFD_SETLKW == 38 && LOCK_NB == 4 && F_LOCK == 1);
static_assert(FIONBIO == 0x5421 && FIONREAD == 0x541B);

static int compare(const void *, const void *) { return 0; }
static int compareWith(const void *, const void *, void *) { return 0; }
static int selectEntry(const dirent *) { return 1; }
static int visitFile(const char *, const struct stat *, int) { return 0; }
static int visitFileDeep(const char *, const struct stat *, int, FTW *) { return 0; }
static void nothing() {}
static void onSignal(int) {}
static void destroy(void *) {}
static void onExit(int, void *) {}
static int childMain(void *) { return 0; }
static void *threadMain(void *) { return nullptr; }

void callables(pthread_t *thread, thrd_t *plainThread, pthread_once_t *once, pthread_key_t *key, char *stack) {
  int table[4] = {};
  qsort(table, 4, sizeof *table, compare);
  qsort_r(table, 4, sizeof *table, compareWith, nullptr);
  bsearch(table, table, 4, sizeof *table, compare);
  pthread_once(once, nothing);
  dirent **entries;
  scandir(".", &entries, selectEntry, alphasort);
  ftw(".", visitFile, 8);
  nftw(".", visitFileDeep, 8, 0);

  pthread_create(thread, nullptr, threadMain, nullptr);
  thrd_create(plainThread, childMain, nullptr);
  clone(childMain, stack, 0, nullptr);
  signal(SIGTERM, onSignal);
  sigset(SIGTERM, onSignal);
  struct sigaction action = {};
  action.sa_handler = onSignal;
  sigaction(SIGTERM, &action, nullptr);
  atexit(nothing);
  at_quick_exit(nothing);
  on_exit(onExit, nullptr);
  pthread_key_create(key, destroy);
  pthread_atfork(nothing, nothing, nothing);
}

void loops(int epoll, io_uring *ring) {
  epoll_event events[8];
  timespec time = {};
  timeval oldTime = {};
  sigset_t mask;
  epoll_wait(epoll, events, 8, -1);
  epoll_pwait(epoll, events, 8, -1, &mask);
  epoll_pwait2(epoll, events, 8, &time, &mask);

  io_uring_cqe *completion;
  __kernel_timespec ringTime = {};
  io_uring_wait_cqe(ring, &completion);
  io_uring_wait_cqe_nr(ring, &completion, 2);
  io_uring_wait_cqe_timeout(ring, &completion, &ringTime);
  io_uring_wait_cqes(ring, &completion, 2, &ringTime, &mask);
  io_uring_submit_and_wait(ring, 1);
  io_uring_sqe *entry = io_uring_get_sqe(ring);
  io_uring_prep_accept(entry, 0, nullptr, nullptr, SOCK_NONBLOCK);
  io_uring_prep_multishot_accept(entry, 0, nullptr, nullptr, SOCK_NONBLOCK);

  pollfd descriptors[2] = {};
  poll(descriptors, 2, -1);
  ppoll(descriptors, 2, &time, &mask);
  fd_set readable;
  FD_ZERO(&readable);
  select(1, &readable, nullptr, nullptr, &oldTime);
  pselect(1, &readable, nullptr, nullptr, &time, &mask);
}

void sleepsAndWaits(sem_t *semaphore, pthread_cond_t *condition, pthread_mutex_t *mutex, cnd_t *plainCondition,
                    mtx_t *plainMutex, pthread_barrier_t *barrier) {
  timespec time = {};
  sleep(1);
  usleep(1);
  nanosleep(&time, nullptr);
  clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr);
  thrd_sleep(&time, nullptr);
  poll(nullptr, 0, 10);

  sem_wait(semaphore);
  sem_timedwait(semaphore, &time);
  sem_clockwait(semaphore, CLOCK_MONOTONIC, &time);
  pthread_cond_wait(condition, mutex);
  pthread_cond_timedwait(condition, mutex, &time);
  pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, &time);
  cnd_wait(plainCondition, plainMutex);
  cnd_timedwait(plainCondition, plainMutex, &time);
  pthread_barrier_wait(barrier);

  sigset_t mask;
  int number;
  siginfo_t information;
  pause();
  sigsuspend(&mask);
  sigwait(&mask, &number);
  sigwaitinfo(&mask, &information);
}

void messageQueues(mqd_t queue, int systemQueue, int semaphores) {
  char text[64] = {};
  unsigned priority = 0;
  timespec time = {};
  mq_receive(queue, text, sizeof text, &priority);
  mq_timedreceive(queue, text, sizeof text, &priority, &time);
  mq_send(queue, text, sizeof text, priority);
  mq_timedsend(queue, text, sizeof text, priority, &time);
  msgrcv(systemQueue, text, sizeof text, 0, IPC_NOWAIT);
  msgsnd(systemQueue, text, sizeof text, IPC_NOWAIT);
  sembuf operation = {};
  semop(semaphores, &operation, 1);
}

void joins(pthread_t thread, thrd_t plainThread) {
  timespec time = {};
  pthread_join(thread, nullptr);
  pthread_timedjoin_np(thread, nullptr, &time);
  pthread_clockjoin_np(thread, nullptr, CLOCK_MONOTONIC, &time);
  thrd_join(plainThread, nullptr);
}

void names(const sockaddr *address, socklen_t length) {
  addrinfo *found;
  char text[1024];
  hostent entry, *result;
  int error;
  getaddrinfo("example.org", "80", nullptr, &found);
  gethostbyname("example.org");
  gethostbyname2("example.org", AF_INET);
  gethostbyname_r("example.org", &entry, text, sizeof text, &result, &error);
  gethostbyname2_r("example.org", AF_INET, &entry, text, sizeof text, &result, &error);
  gethostbyaddr(address, length, AF_INET);
  gethostbyaddr_r(address, length, AF_INET, &entry, text, sizeof text, &result, &error);
  getnameinfo(address, length, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
}

void sockets(int fd, int file, sockaddr *address, socklen_t length) {
  char data[64] = {};
  iovec parts[2] = {};
  msghdr message = {};
  mmsghdr messages[2] = {};
  recv(fd, data, sizeof data, MSG_DONTWAIT);
  recvfrom(fd, data, sizeof data, 0, address, &length);
  recvmsg(fd, &message, 0);
  recvmmsg(fd, messages, 2, 0, nullptr);
  send(fd, data, sizeof data, 0);
  sendmsg(fd, &message, 0);
  sendto(fd, data, sizeof data, 0, address, length);
  sendmmsg(fd, messages, 2, 0);
  read(fd, data, sizeof data);
  readv(fd, parts, 2);
  write(fd, data, sizeof data);
  writev(fd, parts, 2);
  connect(fd, address, length);
  accept(fd, address, &length);
  accept4(fd, address, &length, SOCK_NONBLOCK);
  sendfile(fd, file, nullptr, 64);
  socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
}

void nonblocking(int fd) {
  int both[2], one = 1;
  sigset_t mask;
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  fcntl64(fd, F_SETFL, O_NONBLOCK);
  ioctl(fd, FIONBIO, &one);
  ioctl(fd, FIONREAD, &one);
  socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, both);
  pipe2(both, O_NONBLOCK);
  eventfd(0, EFD_NONBLOCK);
  timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  signalfd(-1, &mask, SFD_NONBLOCK);
  inotify_init1(IN_NONBLOCK);
}

void files(int fd, FILE *file, void *map) {
  char text[64] = {}, *line = nullptr;
  size_t size = 0;
  iovec parts[2] = {};
  open("file", O_RDONLY);
  open64("file", O_RDONLY);
  openat(AT_FDCWD, "file", O_RDONLY);
  creat("file", 0600);
  // The names that <cstdio> declares in std are the C functions.
  std::fopen("file", "r");
  fopen64("file", "r");
  freopen("file", "r", file);
  fread(text, 1, sizeof text, file);
  fgets(text, sizeof text, file);
  getline(&line, &size, file);
  getdelim(&line, &size, '\n', file);
  fscanf(file, "x");
  pread(fd, text, sizeof text, 0);
  pread64(fd, text, sizeof text, 0);
  preadv(fd, parts, 2, 0);
  fsync(fd);
  fdatasync(fd);
  sync();
  syncfs(fd);
  msync(map, 4096, MS_SYNC);
  dlopen("library.so", RTLD_NOW);
  DIR *directory = opendir(".");
  readdir(directory);
  pwrite(fd, text, sizeof text, 0);
  pwrite64(fd, text, sizeof text, 0);
  pwritev(fd, parts, 2, 0);
  fwrite(text, 1, sizeof text, file);
  fputs(text, file);
  fputc('x', file);
  fprintf(file, "x");
  fflush(file);
  fgetc(file);
  fseek(file, 0, SEEK_SET);
  rewind(file);
  fclose(file);
}

void fileNames(int fd) {
  struct stat status;
  struct statx more;
  char text[4096];
  stat("file", &status);
  lstat("file", &status);
  fstat(fd, &status);
  fstatat(AT_FDCWD, "file", &status, 0);
  statx(AT_FDCWD, "file", 0, STATX_SIZE, &more);
  access("file", R_OK);
  faccessat(AT_FDCWD, "file", R_OK, 0);
  unlink("file");
  unlinkat(AT_FDCWD, "file", 0);
  std::remove("file");
  std::rename("file", "other");
  renameat(AT_FDCWD, "file", AT_FDCWD, "other");
  link("file", "other");
  symlink("file", "other");
  readlink("file", text, sizeof text);
  mkdir("directory", 0700);
  rmdir("directory");
  chmod("file", 0600);
  chown("file", 0, 0);
  truncate("file", 0);
  ftruncate(fd, 0);
  fallocate(fd, 0, 0, 1);
  posix_fallocate(fd, 0, 1);
  realpath("file", text);
}

void processes(FILE *pipe) {
  int status;
  rusage usage;
  siginfo_t information;
  std::system("true");
  popen("true", "r");
  pclose(pipe);
  wait(&status);
  wait3(&status, WNOHANG, &usage);
  wait4(-1, &status, WNOHANG, &usage);
  waitpid(-1, &status, WNOHANG);
  waitid(P_ALL, 0, &information, WEXITED | WNOHANG);
}

void console(FILE *file, va_list arguments) {
  int value;
  getchar();
  scanf("%d", &value);
  vscanf("%d", arguments);
  getpass("?");
  printf("x");
  vprintf("x", arguments);
  vfprintf(file, "x", arguments);
  puts("x");
  putchar('x');
  perror("x");
  syslog(LOG_INFO, "x");
  vsyslog(LOG_INFO, "x", arguments);
}

void locks(int fd, pthread_mutex_t *mutex, pthread_rwlock_t *readers, pthread_spinlock_t *spin, mtx_t *plain) {
  pthread_mutex_lock(mutex);
  pthread_rwlock_rdlock(readers);
  pthread_rwlock_wrlock(readers);
  pthread_spin_lock(spin);
  mtx_lock(plain);
  flock(fd, LOCK_EX | LOCK_NB);
  lockf(fd, F_LOCK, 0);
  struct flock range = {};
  fcntl(fd, F_SETLKW, &range);
}
