//===- boost/bind/bind.hpp - a small Boost.Bind for the tests ---*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_TEST_MOCKS_BOOST_BIND_BIND_HPP
#define NETTUNE_TEST_MOCKS_BOOST_BIND_BIND_HPP

#include <cstdlib>

namespace boost {
template <int I> struct arg {};
namespace placeholders {
inline constexpr arg<1> _1;
inline constexpr arg<2> _2;
} // namespace placeholders

namespace _bi {
template <class R, class F, class L> class bind_t {
public:
  typedef R result_type;
  template <class... A> result_type operator()(A &&...a) { std::abort(); }
};
template <class... A> struct list {};
} // namespace _bi

template <class R, class... B, class... A>
_bi::bind_t<R, R (*)(B...), _bi::list<A...>> bind(R (*f)(B...), A... a) {
  std::abort();
}
template <class R, class T, class... B, class... A>
_bi::bind_t<R, R (T::*)(B...), _bi::list<A...>> bind(R (T::*f)(B...), A... a) {
  std::abort();
}
} // namespace boost

#endif // NETTUNE_TEST_MOCKS_BOOST_BIND_BIND_HPP
