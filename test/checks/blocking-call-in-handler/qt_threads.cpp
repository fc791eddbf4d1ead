// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Qt: a slot runs on the thread that its object was moved to.

#include <qt_mock.h>

class Worker : public QObject {
public slots:
  void work() { QThread::sleep(1); }
  void textual() { QThread::sleep(2); }
  void timerEvent(QTimerEvent *) override { QThread::sleep(3); }
signals:
  void done();
};
class SpecialWorker : public Worker {
public slots:
  void special() { QThread::sleep(4); }
};
class Bystander : public QObject {
public slots:
  void onDone() {
    QThread::sleep(5);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
  }
};

void startWorker(QThread *thread, QTimer *timer, Worker *worker, SpecialWorker *special, Bystander *bystander) {
  QObject::connect(timer, &QTimer::timeout, worker, &Worker::work);
  QObject::connect(timer, SIGNAL(timeout()), worker, SLOT(textual()));
  QObject::connect(timer, &QTimer::timeout, special, &SpecialWorker::special);
  QObject::connect(timer, &QTimer::timeout, worker, [] { QThread::sleep(6); });
  QObject::connect(worker, &Worker::done, [] { QThread::sleep(7); }); // without a context: where it is emitted
  QObject::connect(worker, &Worker::done, bystander, &Bystander::onDone);
  QMetaObject::invokeMethod(worker, [] { QThread::sleep(8); });
  QTimer::singleShot(0, worker, &Worker::work);
  worker->moveToThread(thread);
  // QThread emits it from the new thread.
  QObject::connect(thread, &QThread::started, [] { QThread::sleep(9); });
}

// To another thread or from one: nobody can tell.
class Storage : public QObject {
public:
  void fn_store() {
    QMetaObject::invokeMethod(this, [] { QThread::sleep(1); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(this, "work", Qt::QueuedConnection);
  }
  void work() { QThread::sleep(1); }
};

class Reader : public QObject {
public:
  Reader(QThread *thread, QAbstractSocket *socket) {
    moveToThread(thread);
    connect(socket, &QAbstractSocket::readyRead, this, [socket] { socket->waitForReadyRead(); });
  }
};

// Another file makes such an object and moves it: this one does not tell.
class MovedElsewhere : public QObject {
public:
  explicit MovedElsewhere(QTimer *timer) {
    connect(timer, &QTimer::timeout, this, &MovedElsewhere::fp_movedInAnotherFile);
  }
  void fp_movedInAnotherFile() {
    QThread::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
  }
};

// What runs on threads of its own is no handler.
class Thread : public QThread {
  void run() override { sleep(1); }
};
class Task : public QRunnable {
  void run() override { QThread::sleep(1); }
};

class Starter : public QObject {
public:
  explicit Starter(QTimer *timer) { connect(timer, &QTimer::timeout, this, &Starter::start); }
private slots:
  void start() {
    QtConcurrent::run([] { QThread::sleep(1); });
    QThread::create([] { QThread::sleep(2); })->start();
  }
};

// The slots of a thread object run where that was made, which is the loop.
class Controller : public QThread {
public:
  explicit Controller(QTimer *timer) { connect(timer, &QTimer::timeout, this, &Controller::onTimeout); }
  void onTimeout() {
    wait();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::wait' blocks the event loop: called from the handler given to 'QObject::connect'; connect to its finished signal [nettune-blocking-call-in-handler]
  }
  void run() override { msleep(1); }
};

// With Qt::DirectConnection it runs where the signal is emitted, wherever that is.
class Direct : public QObject {
public:
  explicit Direct(QTimer *timer) { connect(timer, &QTimer::timeout, this, &Direct::onTimeout, Qt::DirectConnection); }
  void onTimeout() { QThread::sleep(1); }
};

// Many connections may share the loop of the thread that they were moved to: that is not seen.
class Connection : public QObject {
public slots:
  void fn_movedConnection() { QThread::sleep(1); }
};
void serve(QThread *thread, QAbstractSocket *socket, Connection *connection) {
  QObject::connect(socket, &QAbstractSocket::readyRead, connection, &Connection::fn_movedConnection);
  connection->moveToThread(thread);
}
