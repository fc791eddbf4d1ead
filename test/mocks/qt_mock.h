//===- qt_mock.h - the parts of Qt 5 that tests of checks use ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Signatures of Qt 5.15, from the headers named beside each class, with fewer
// overloads. `signals`, `slots` and `emit` are what they are without moc.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_QT_MOCK_H
#define NETTUNE_TEST_MOCKS_QT_MOCK_H

// QtCore/qobjectdefs.h
#define Q_OBJECT
#define signals public
#define slots
#define emit
const char *qFlagLocation(const char *method);
#define SLOT(a) qFlagLocation("1" #a "\0" __FILE__ ":0")
#define SIGNAL(a) qFlagLocation("2" #a "\0" __FILE__ ":0")

namespace Qt { // QtCore/qnamespace.h
enum ConnectionType { AutoConnection, DirectConnection, QueuedConnection, BlockingQueuedConnection };
}

namespace QtPrivate { // QtCore/qobjectdefs_impl.h
template <class F> struct FunctionPointer;
template <class C, class R, class... A> struct FunctionPointer<R (C::*)(A...)> {
  using Object = C;
};
} // namespace QtPrivate

class QObject;
class QString { // QtCore/qstring.h
public:
  QString(const char *text);
  ~QString();
};
class QEvent;
class QThread;
class QTimerEvent;

struct QMetaObject { // QtCore/qobjectdefs.h
  class Connection {};
  static bool invokeMethod(QObject *object, const char *member, Qt::ConnectionType type = Qt::AutoConnection);
  template <class Functor>
  static bool invokeMethod(QObject *context, Functor function, Qt::ConnectionType type = Qt::AutoConnection) { return true; }
  template <class R, class C>
  static bool invokeMethod(C *object, R (C::*function)(), Qt::ConnectionType type = Qt::AutoConnection) { return true; }
};

class QObject { // QtCore/qobject.h
public:
  explicit QObject(QObject *parent = nullptr);
  virtual ~QObject();
  virtual bool event(QEvent *event);
  void moveToThread(QThread *thread);

  static QMetaObject::Connection connect(const QObject *sender, const char *signal, const QObject *receiver,
                                         const char *member, Qt::ConnectionType type = Qt::AutoConnection);
  QMetaObject::Connection connect(const QObject *sender, const char *signal, const char *member,
                                  Qt::ConnectionType type = Qt::AutoConnection) const;
  template <class Func1, class R, class C, class... A>
  static QMetaObject::Connection connect(const typename QtPrivate::FunctionPointer<Func1>::Object *sender, Func1 signal,
                                         const C *receiver, R (C::*slot)(A...),
                                         Qt::ConnectionType type = Qt::AutoConnection) { return {}; }
  template <class Func1, class Functor>
  static QMetaObject::Connection connect(const typename QtPrivate::FunctionPointer<Func1>::Object *sender, Func1 signal,
                                         const QObject *context, Functor slot,
                                         Qt::ConnectionType type = Qt::AutoConnection) { return {}; }
  template <class Func1, class Functor>
  static QMetaObject::Connection connect(const typename QtPrivate::FunctionPointer<Func1>::Object *sender, Func1 signal,
                                         Functor slot) { return {}; }

protected:
  virtual void timerEvent(QTimerEvent *event);
};

class QThread : public QObject { // QtCore/qthread.h
public:
  explicit QThread(QObject *parent = nullptr);
  void start();
  void quit();
  bool wait(unsigned long milliseconds);
  bool wait();
  static void sleep(unsigned long seconds);
  static void msleep(unsigned long milliseconds);
  template <class Function> static QThread *create(Function &&f) { return nullptr; }
  void started();
  void finished();

protected:
  virtual void run();
};

class QRunnable { // QtCore/qrunnable.h
public:
  virtual void run() = 0;
  virtual ~QRunnable();
};

class QTimer : public QObject { // QtCore/qtimer.h
public:
  void timeout();
  template <class... Args> QMetaObject::Connection callOnTimeout(Args &&...args) { return {}; }
  static void singleShot(int milliseconds, const QObject *receiver, const char *member);
  template <class R, class C>
  static void singleShot(int milliseconds, const C *receiver, R (C::*slot)()) {}
  template <class Functor> static void singleShot(int milliseconds, Functor functor) {}
  template <class Functor> static void singleShot(int milliseconds, const QObject *context, Functor functor) {}
};

class QFile { // QtCore/qfile.h
public:
  explicit QFile(const QString &name);
  virtual bool open(int mode);
};

class QAbstractSocket : public QObject { // QtNetwork/qabstractsocket.h
public:
  void readyRead();
  void bytesWritten(long long bytes);
  virtual bool waitForReadyRead(int milliseconds = 30000);
  virtual bool waitForConnected(int milliseconds = 30000);
};
class QTcpSocket : public QAbstractSocket {}; // QtNetwork/qtcpsocket.h

class QTcpServer : public QObject { // QtNetwork/qtcpserver.h
public:
  void newConnection();

protected:
  virtual void incomingConnection(long long handle);
};

template <class... A> struct QNonConstOverload { // QtCore/qglobal.h
  template <class R, class C> auto operator()(R (C::*f)(A...)) const -> decltype(f) { return f; }
};
template <class... A> constexpr QNonConstOverload<A...> qOverload = {};

namespace QtConcurrent { // QtConcurrent/qtconcurrentrun.h
template <class Functor> void run(Functor functor) {}
}

#endif // NETTUNE_TEST_MOCKS_QT_MOCK_H
