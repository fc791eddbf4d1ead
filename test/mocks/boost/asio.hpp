//===- boost/asio.hpp - a small Boost.Asio for the tests --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As in Boost, a second set of declarations, not an alias of the stand-alone ones.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_BOOST_ASIO_HPP
#define NETTUNE_TEST_MOCKS_BOOST_ASIO_HPP

#include "boost/bind/bind.hpp"
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
#include <tuple>
#include <type_traits>
#include <vector>

namespace boost {
namespace system {
class error_code {
public:
  explicit operator bool() const noexcept;
  std::string message() const;
};
} // namespace system

namespace asio {
using boost::system::error_code;
#include "asio/body.inc"

namespace placeholders {
inline constexpr boost::arg<1> error;
inline constexpr boost::arg<2> bytes_transferred;
} // namespace placeholders
} // namespace asio
} // namespace boost

#endif // NETTUNE_TEST_MOCKS_BOOST_ASIO_HPP
