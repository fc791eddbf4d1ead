//===- libpqxx_7_mock.h - the connection class of libpqxx 7 -----*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Debian 12 ships libpqxx 6, whose connection is a basic_connection_base. What
// follows is declared in libpqxx 7.7, include/pqxx/connection.hxx.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_LIBPQXX_7_MOCK_H
#define NETTUNE_TEST_MOCKS_LIBPQXX_7_MOCK_H

#include <ctime>

namespace pqxx {

class connection {
public:
  explicit connection(const char options[]);
  connection(connection &&);

  void set_client_encoding(const char encoding[]);
  int await_notification();
  int await_notification(std::time_t seconds, long microseconds);
  void prepare(const char name[], const char definition[]);
  void cancel_query();
};

} // namespace pqxx

#endif // NETTUNE_TEST_MOCKS_LIBPQXX_7_MOCK_H
