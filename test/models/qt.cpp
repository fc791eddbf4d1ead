// MODEL: qt
// PACKAGES: qtbase5-dev
// COMPILE: -std=c++20 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/aarch64-linux-gnu/qt5

// Every function that checks/model/apis/qt.json names, against the real headers. Without moc: it is never linked.

#include <QtConcurrent/QtConcurrentMap>
#include <QtConcurrent/QtConcurrentRun>
#include <QtCore/QtCore>
#include <QtNetwork/QtNetwork>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

static_assert(Qt::DirectConnection == 1 && Qt::BlockingQueuedConnection == 3);

class Receiver : public QObject {
public:
  bool event(QEvent *e) override { return QObject::event(e); }
  bool eventFilter(QObject *, QEvent *) override { return false; }
  void onTimeout() {}
  void onBytes(qint64) {}
  void onBytes(int) {}
  void onHost(const QHostInfo &) {}

protected:
  void timerEvent(QTimerEvent *) override {}
  void customEvent(QEvent *) override {}
};

class TcpServer : public QTcpServer {
  void incomingConnection(qintptr) override {}
};
class LocalServer : public QLocalServer {
  void incomingConnection(quintptr) override {}
};
class Thread : public QThread {
  void run() override { sleep(1); }
};
class Task : public QRunnable {
  void run() override {}
};

void connections(QTimer *timer, QTcpSocket *socket, Receiver *receiver, QThread *thread) {
  QObject::connect(timer, &QTimer::timeout, receiver, &Receiver::onTimeout);
  QObject::connect(timer, &QTimer::timeout, receiver, [] {});
  QObject::connect(timer, &QTimer::timeout, [] {});
  QObject::connect(timer, SIGNAL(timeout()), receiver, SLOT(onTimeout()));
  receiver->connect(timer, SIGNAL(timeout()), SLOT(onTimeout()));
  QObject::connect(socket, &QIODevice::bytesWritten, receiver, qOverload<qint64>(&Receiver::onBytes));
  auto constOverload = qConstOverload<>(&QObject::objectName);
  (void)constOverload;
  QTimer::singleShot(10, receiver, &Receiver::onTimeout);
  QTimer::singleShot(10, receiver, SLOT(onTimeout()));
  QMetaObject::invokeMethod(receiver, [] {}, Qt::QueuedConnection);
  timer->callOnTimeout(receiver, &Receiver::onTimeout);
  QHostInfo::lookupHost("example.org", receiver, &Receiver::onHost);
  receiver->moveToThread(thread);
}

static int twice(const int &number) { return 2 * number; }

void threads(QThread *thread, QList<int> &list, QWaitCondition *condition, QMutex *mutex, QBasicMutex *basic, QReadWriteLock *lock) {
  QFuture<void> future = QtConcurrent::run([] {});
  future.waitForFinished();
  QFuture<int> number = QtConcurrent::mapped(list, twice);
  number.result();
  QtConcurrent::map(list, [](int &) {});
  QtConcurrent::blockingMap(list, [](int &) {});
  QFutureWatcher<void> watcher;
  watcher.waitForFinished();
  QThread::create([] {});
  QThreadPool::globalInstance()->start([] {});
  QThreadPool::globalInstance()->waitForDone();
  QThread::msleep(1);
  QThread::usleep(1);
  thread->wait();
  condition->wait(mutex);
  QSemaphore(1).acquire();
  QSystemSemaphore("key").acquire();
  mutex->lock();
  basic->lock();
  lock->lockForRead();
  lock->lockForWrite();
}

void sockets(QTcpSocket *tcp, QSslSocket *ssl, QLocalSocket *local, QIODevice *device, QTcpServer *server, QLocalServer *localServer) {
  QHostInfo::fromName("example.org");
  tcp->waitForConnected();
  tcp->waitForReadyRead();
  tcp->waitForBytesWritten();
  tcp->waitForDisconnected();
  ssl->waitForConnected();
  ssl->waitForEncrypted();
  ssl->waitForReadyRead();
  ssl->waitForBytesWritten();
  ssl->waitForDisconnected();
  local->waitForConnected();
  local->waitForReadyRead();
  local->waitForBytesWritten();
  local->waitForDisconnected();
  device->waitForReadyRead(1);
  device->waitForBytesWritten(1);
  server->waitForNewConnection(1);
  localServer->waitForNewConnection(1);
}

void files(QTemporaryFile *temporary, QSaveFile *save, QProcess *process, QLockFile *lock) {
  QFile file("a");
  file.open(QIODevice::ReadOnly);
  temporary->open();
  save->open(QIODevice::WriteOnly);
  QFile::copy("a", "b");
  QFile::exists("a");
  QFile::remove("a");
  QFile::rename("a", "b");
  QFileInfo::exists("a");
  QDir dir("a");
  dir.exists();
  dir.mkpath("b");
  dir.removeRecursively();
  QProcess::execute("true", {});
  process->waitForStarted();
  process->waitForFinished();
  process->waitForReadyRead();
  process->waitForBytesWritten();
  lock->lock();
}

void databases(QSqlDatabase database) {
  database.open();
  database.transaction();
  database.commit();
  database.rollback();
  database.exec("select 1");
  QSqlQuery query("select 1", database);
  query.exec();
  query.execBatch();
}
