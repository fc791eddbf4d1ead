//===- asio_1_24_mock.h - token adapters that Asio 1.22 lacks ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Debian 12 ships standalone Asio 1.22, in which these stand in
// asio::experimental. Later releases declare them in asio, as Boost 1.81 does in
// boost::asio: the signatures are those of libboost1.81-dev, boost/asio/append.hpp,
// prepend.hpp, consign.hpp and as_tuple.hpp.
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_ASIO_1_24_MOCK_H
#define NETTUNE_TEST_MOCKS_ASIO_1_24_MOCK_H

#include <type_traits>

namespace asio {

template <typename CompletionToken, typename... Values> class append_t {};
template <typename CompletionToken, typename... Values> class prepend_t {};
template <typename CompletionToken, typename... Values> class consign_t {};
template <typename CompletionToken> class as_tuple_t {};

template <typename CompletionToken, typename... Values>
append_t<std::decay_t<CompletionToken>, std::decay_t<Values>...> append(CompletionToken &&, Values &&...) {
  return {};
}

template <typename CompletionToken, typename... Values>
prepend_t<std::decay_t<CompletionToken>, std::decay_t<Values>...> prepend(CompletionToken &&, Values &&...) {
  return {};
}

template <typename CompletionToken, typename... Values>
consign_t<std::decay_t<CompletionToken>, std::decay_t<Values>...> consign(CompletionToken &&, Values &&...) {
  return {};
}

template <typename CompletionToken> as_tuple_t<std::decay_t<CompletionToken>> as_tuple(CompletionToken &&) {
  return {};
}

} // namespace asio

#endif // NETTUNE_TEST_MOCKS_ASIO_1_24_MOCK_H
