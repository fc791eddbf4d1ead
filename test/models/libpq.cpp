// MODEL: libpq
// PACKAGES: libpq-dev
// COMPILE: -std=c++20 -isystem /usr/include/postgresql

// Every function that checks/model/apis/libpq.json names, against the real header.

#include <libpq-fe.h>

void connections(PGconn *connection, PGcancel *cancel, char *text) {
  const char *keys[] = {nullptr};
  PQconnectdb("");
  PQconnectdbParams(keys, keys, 0);
  PQsetdbLogin("", "", "", "", "", "", "");
  PQreset(connection);
  PQping("");
  PQpingParams(keys, keys, 0);
  PQsetClientEncoding(connection, "UTF8");
  PQencryptPasswordConn(connection, "p", "u", nullptr);
  PQcancel(cancel, text, 0);
  PQrequestCancel(connection);
}

void commands(PGconn *connection, char *text) {
  PQexec(connection, "");
  PQexecParams(connection, "", 0, nullptr, nullptr, nullptr, nullptr, 0);
  PQprepare(connection, "s", "", 0, nullptr);
  PQexecPrepared(connection, "s", 0, nullptr, nullptr, nullptr, 0);
  PQdescribePrepared(connection, "s");
  PQdescribePortal(connection, "p");
  if (!PQisBusy(connection))
    PQgetResult(connection);
  PQflush(connection);
  PQputCopyData(connection, text, 0);
  PQputCopyEnd(connection, nullptr);
  PQgetCopyData(connection, &text, 0);
  PQgetline(connection, text, 0);
  PQendcopy(connection);
  int result, length;
  PQfn(connection, 0, &result, &length, 0, nullptr, 0);
}

void largeObjects(PGconn *connection, Oid object, char *data) {
  int fd = lo_open(connection, object, 0);
  lo_read(connection, fd, data, 0);
  lo_write(connection, fd, data, 0);
  lo_lseek(connection, fd, 0, 0);
  lo_tell(connection, fd);
  lo_truncate(connection, fd, 0);
  lo_close(connection, fd);
  lo_creat(connection, 0);
  lo_create(connection, object);
  lo_import(connection, "file");
  lo_export(connection, object, "file");
  lo_unlink(connection, object);
}
