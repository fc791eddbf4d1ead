// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// Qt: the forms of connect, and what else the event loop calls.

#include <qt_mock.h>

class Client : public QObject {
  Q_OBJECT
public:
  Client(QTcpSocket *socket, QTimer *timer);

signals:
  void ready(int code);
  void ready(const QString &text);

private slots:
  void onReadyRead();
  void onBytes(long long count);
  void onBytes(int count);
  void onTimeout();
  void onOverload(int code);
  void onOverload(const QString &text, int count = 0);
  void later();
  void soon();
  void fromMember();
  void unconnected();

private:
  QTcpSocket *socket_;
};

Client::Client(QTcpSocket *socket, QTimer *timer) : socket_(socket) {
  connect(socket, &QTcpSocket::readyRead, this, &Client::onReadyRead);
  connect(socket, &QTcpSocket::bytesWritten, this, qOverload<long long>(&Client::onBytes));
  connect(timer, &QTimer::timeout, this, [] { QThread::msleep(1); });
// CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'QThread::msleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-2]]:3: note: the lambda in 'Client::Client' runs on the event loop: given to 'QObject::connect' here
// CHECK-NOTES: :[[@LINE-3]]:47: note: 'QThread::msleep' waits for time to pass
// CHECK-NOTES: :[[@LINE-4]]:47: note: guide: {{.*}}#blocking-call-in-handler
  connect(timer, &QTimer::timeout, [] { QThread::msleep(2); });
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'QThread::msleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
  timer->callOnTimeout([] { QThread::msleep(3); });
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'QThread::msleep' blocks the event loop: called from the handler given to 'QTimer::callOnTimeout'; use a QTimer [nettune-blocking-call-in-handler]
  timer->callOnTimeout(this, [] { QThread::msleep(4); });
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'QThread::msleep' blocks the event loop: called from the handler given to 'QTimer::callOnTimeout'; use a QTimer [nettune-blocking-call-in-handler]

  connect(timer, SIGNAL(timeout()), this, SLOT(onTimeout()));
  connect(timer, SIGNAL(timeout()), SLOT(fromMember()));
  connect(this, SIGNAL(ready(QString)), this, SLOT(onOverload(QString)));
  connect(socket, SIGNAL(readyRead()), this, SLOT(nobodyHasThis()));

  QTimer::singleShot(10, this, &Client::later);
  QTimer::singleShot(10, this, SLOT(soon()));
  QTimer::singleShot(10, [] { QThread::sleep(3); });
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QTimer::singleShot'; use a QTimer [nettune-blocking-call-in-handler]
}

void Client::onReadyRead() {
  socket_->waitForReadyRead();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'QAbstractSocket::waitForReadyRead' blocks the event loop: called from the handler given to 'QObject::connect'; connect to its signal [nettune-blocking-call-in-handler]
  socket_->waitForReadyRead(0);
}
void Client::onBytes(long long) {
  socket_->waitForConnected();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'QAbstractSocket::waitForConnected' blocks the event loop: called from the handler given to 'QObject::connect'; connect to its signal [nettune-blocking-call-in-handler]
}
void Client::onBytes(int) { socket_->waitForConnected(); }

void Client::onTimeout() {
  QThread::sleep(4);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-25]]:3: note: 'Client::onTimeout' runs on the event loop: given to 'QObject::connect' here
// CHECK-NOTES: :[[@LINE-3]]:3: note: 'QThread::sleep' waits for time to pass
// CHECK-NOTES: :[[@LINE-4]]:3: note: guide: {{.*}}#blocking-call-in-handler
}
void Client::fromMember() {
  QThread::sleep(5);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
}
void Client::onOverload(int) { QThread::sleep(6); }
void Client::onOverload(const QString &text, int) {
  QFile file(text);
  file.open(1);
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'QFile::open' may block the event loop: called from the handler given to 'QObject::connect'; hand it to a worker pool [nettune-blocking-call-in-handler]
}
void Client::later() {
  QThread::sleep(7);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QTimer::singleShot'; use a QTimer [nettune-blocking-call-in-handler]
}
void Client::soon() {
  QThread::sleep(8);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QTimer::singleShot'; use a QTimer [nettune-blocking-call-in-handler]
}
void Client::unconnected() { QThread::sleep(10); }

// A slot of the base class, named by a string; the receiver's class is the derived one.
class Base : public QObject {
public slots:
  void inherited(int code);
};
void Base::inherited(int) {
  QThread::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'QThread::sleep' blocks the event loop: called from the handler given to 'QObject::connect'; use a QTimer [nettune-blocking-call-in-handler]
}
class Derived : public Base {};
void connectDerived(QTcpSocket *socket, Derived &derived) {
  QObject::connect(socket, SIGNAL(failed(int)), &derived, SLOT(inherited(int)));
}

class Server : public QTcpServer {
  void incomingConnection(long long handle) override {
    QThread::msleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::msleep' blocks the event loop: called from handler 'Server::incomingConnection'; use a QTimer [nettune-blocking-call-in-handler]
// CHECK-NOTES: :[[@LINE-3]]:8: note: 'Server::incomingConnection' runs on the event loop: it overrides 'QTcpServer::incomingConnection'
// CHECK-NOTES: :[[@LINE-3]]:5: note: 'QThread::msleep' waits for time to pass
// CHECK-NOTES: :[[@LINE-4]]:5: note: guide: {{.*}}#blocking-call-in-handler
  }
  void timerEvent(QTimerEvent *) override {
    QThread::msleep(2);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'QThread::msleep' blocks the event loop: called from handler 'Server::timerEvent'; use a QTimer [nettune-blocking-call-in-handler]
  }
};

// The caller waits until the other thread has run it.
class Console : public QObject {
public:
  void start(QTimer *timer, QObject *worker) {
    connect(timer, &QTimer::timeout, this, [worker] { QMetaObject::invokeMethod(worker, [] {}, Qt::BlockingQueuedConnection); });
// CHECK-MESSAGES: :[[@LINE-1]]:55: warning: 'QMetaObject::invokeMethod' blocks the event loop: called from the handler given to 'QObject::connect'; use Qt::QueuedConnection [nettune-blocking-call-in-handler]
  }
};
