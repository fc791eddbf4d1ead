//===- kcenon_libraries_mock.h - what network_system is used with -*- C++ -*-=//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The other libraries that checks/model/apis/network-system.json names
// (thread_system, common_system, database_system, pacs_bridge), as far as it does.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_KCENON_LIBRARIES_MOCK_H
#define NETTUNE_TEST_MOCKS_KCENON_LIBRARIES_MOCK_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace network_core::interfaces {

// class socket_observer of the network_core library
struct socket_observer {
  virtual void on_receive(std::span<const std::uint8_t> data) = 0;
};

} // namespace network_core::interfaces

namespace kcenon::thread {

struct job {};
// kcenon/thread_system, class callback_job
struct callback_job : job {
  explicit callback_job(std::function<void()> callback);
};
// kcenon/thread_system, class thread_pool
struct thread_pool {
  std::future<void> submit(std::function<void()> task);
  bool submit_task(std::function<void()> task);
  void enqueue(std::unique_ptr<job> &&work);
  void enqueue_batch(std::vector<std::unique_ptr<job>> &&work);
};

} // namespace kcenon::thread

namespace kcenon::common::interfaces {

// kcenon/common_system, interfaces IJob and IExecutor
struct IJob {
  virtual ~IJob() = default;
  virtual void execute() = 0;
};
struct IExecutor {
  virtual std::future<void> execute(std::unique_ptr<IJob> &&job) = 0;
  virtual std::future<void> execute_delayed(std::unique_ptr<IJob> &&job, std::chrono::milliseconds delay) = 0;
};

} // namespace kcenon::common::interfaces

namespace database {

// kcenon/database_system, class database::database_manager
struct database_manager {
  bool connect(const std::string &options);
  void select_query(const std::string &query);
  unsigned insert_query(const std::string &query);
  unsigned update_query(const std::string &query);
  unsigned delete_query(const std::string &query);
  bool create_query(const std::string &query);
};

namespace core {
// kcenon/database_system, class database::core::database_backend
struct database_backend {
  virtual void initialize(const std::string &options) = 0;
  virtual void select_query(const std::string &query) = 0;
  virtual void execute_query(const std::string &query) = 0;
  virtual void select_prepared(const std::string &query, const std::vector<std::string> &parameters) = 0;
  virtual void execute_prepared(const std::string &query, const std::vector<std::string> &parameters) = 0;
  virtual void begin_transaction() = 0;
  virtual void commit_transaction() = 0;
  virtual void rollback_transaction() = 0;
};
} // namespace core

} // namespace database

namespace pacs::bridge::mllp {

struct mllp_message {};
struct mllp_session_info;
// kcenon/pacs_bridge, class mllp_server
struct mllp_server {
  void set_message_handler(
      std::function<std::optional<mllp_message>(const mllp_message &, const mllp_session_info &)> handler);
};

} // namespace pacs::bridge::mllp

#endif // NETTUNE_TEST_MOCKS_KCENON_LIBRARIES_MOCK_H
