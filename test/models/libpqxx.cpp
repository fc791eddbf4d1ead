// MODEL: libpqxx
// PACKAGES: libpqxx-dev
// COMPILE: -std=c++17 -Wno-deprecated-declarations

// Every function that checks/model/apis/libpqxx.json names, against the real headers.

#include <pqxx/pqxx>
#include <string>
#include <vector>

void connections() {
  pqxx::connection connection("");
  connection.activate();
  connection.prepare_now("s");
  connection.set_variable("v", "1");
  connection.get_variable("v");
  connection.set_client_encoding("UTF8");
  connection.await_notification();
  connection.cancel_query();
}

void transactions(pqxx::work &work) {
  work.exec("");
  work.exec0("");
  work.exec1("");
  work.exec_n(1, "");
  work.exec_params("", 1);
  work.exec_params0("", 1);
  work.exec_params1("", 1);
  work.exec_params_n(1, "", 1);
  work.exec_prepared("s", 1);
  work.exec_prepared0("s", 1);
  work.exec_prepared1("s", 1);
  work.exec_prepared_n(1, "s", 1);
  work.set_variable("v", "1");
  work.get_variable("v");
  work.commit();
  work.abort();
}

void bulk(pqxx::work &work) {
  pqxx::pipeline pipeline(work);
  pipeline.complete();
  pipeline.flush();
  pipeline.retrieve();
  pqxx::stream_to out(work, "t");
  out.complete();
  pqxx::stream_from in(work, "t");
  in.complete();
}
