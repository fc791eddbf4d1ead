// MODEL: sqlite3
// PACKAGES: libsqlite3-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/sqlite3.json names, against the real header.

#include <sqlite3.h>

static int onRow(void *, int, char **, char **) { return 0; }

void databases(sqlite3 *db) {
  sqlite3_open("file.db", &db);
  sqlite3_open_v2("file.db", &db, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_open16(u"file.db", &db);
  sqlite3_wal_checkpoint(db, nullptr);
  sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_FULL, nullptr, nullptr);
  sqlite3_db_cacheflush(db);
  sqlite3_close(db);
  sqlite3_close_v2(db);
  sqlite3_sleep(1);
}

void statements(sqlite3 *db, sqlite3_stmt *statement, sqlite3_backup *backup) {
  sqlite3_exec(db, "", onRow, nullptr, nullptr);
  sqlite3_prepare(db, "", -1, &statement, nullptr);
  sqlite3_prepare_v2(db, "", -1, &statement, nullptr);
  sqlite3_prepare_v3(db, "", -1, 0, &statement, nullptr);
  sqlite3_prepare16_v2(db, u"", -1, &statement, nullptr);
  sqlite3_step(statement);
  char **table;
  int rows, columns;
  sqlite3_get_table(db, "", &table, &rows, &columns, nullptr);
  sqlite3_backup_step(backup, 1);
}

void blobs(sqlite3 *db, sqlite3_blob *blob, void *data) {
  sqlite3_blob_open(db, "main", "t", "c", 1, 0, &blob);
  sqlite3_blob_read(blob, data, 1, 0);
  sqlite3_blob_write(blob, data, 1, 0);
}
