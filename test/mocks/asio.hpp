//===- asio.hpp - a small stand-alone Asio for the tests --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_ASIO_HPP
#define NETTUNE_TEST_MOCKS_ASIO_HPP

#include <array>
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <vector>

namespace asio {
typedef std::error_code error_code;
#include "asio/body.inc"
} // namespace asio

#endif // NETTUNE_TEST_MOCKS_ASIO_HPP
