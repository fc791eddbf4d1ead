// MODEL: mysql
// PACKAGES: libmariadb-dev
// COMPILE: -std=c++20 -isystem /usr/include/mariadb

// Every function that checks/model/apis/mysql.json names, against the real header.

#include <mysql.h>

void connections(MYSQL *db) {
  mysql_real_connect(db, "", "", "", "", 0, nullptr, 0);
  mysql_change_user(db, "", "", "");
  mysql_select_db(db, "");
  mysql_set_character_set(db, "utf8mb4");
  mysql_set_server_option(db, MYSQL_OPTION_MULTI_STATEMENTS_ON);
  mysql_ping(db);
  mysql_reset_connection(db);
  mysql_stat(db);
  mysql_kill(db, 1);
  mysql_refresh(db, 0);
  mysql_shutdown(db, SHUTDOWN_DEFAULT);
  mysql_dump_debug_info(db);
  mysql_list_dbs(db, nullptr);
  mysql_list_tables(db, nullptr);
  mysql_list_fields(db, "", nullptr);
  mysql_list_processes(db);
  mysql_close(db);
}

void queries(MYSQL *db, MYSQL_RES *result) {
  mysql_query(db, "");
  mysql_real_query(db, "", 0);
  mysql_send_query(db, "", 0);
  mysql_read_query_result(db);
  mysql_store_result(db);
  mysql_use_result(db);
  mysql_next_result(db);
  mysql_fetch_row(result);
  mysql_free_result(result);
  mysql_autocommit(db, 0);
  mysql_commit(db);
  mysql_rollback(db);
}

void statements(MYSQL_STMT *statement) {
  mysql_stmt_prepare(statement, "", 0);
  mysql_stmt_execute(statement);
  mariadb_stmt_execute_direct(statement, "", 0);
  mysql_stmt_send_long_data(statement, 0, "", 0);
  mysql_stmt_store_result(statement);
  mysql_stmt_next_result(statement);
  mysql_stmt_fetch(statement);
  mysql_stmt_reset(statement);
  mysql_stmt_free_result(statement);
  mysql_stmt_close(statement);
}
