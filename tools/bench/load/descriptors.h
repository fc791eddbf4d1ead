//===- descriptors.h - the limit of open files ------------------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef NETTUNE_BENCH_LOAD_DESCRIPTORS_H
#define NETTUNE_BENCH_LOAD_DESCRIPTORS_H

#include <cstddef>
#include <optional>
#include <string>

namespace load {

/// Sees to it that this process may have \p connections sockets, by raising the
/// soft limit up to the hard one. If that is not enough: what is missing, with
/// the command that raises it.
std::optional<std::string> allow_descriptors(std::size_t connections);

} // namespace load

#endif // NETTUNE_BENCH_LOAD_DESCRIPTORS_H
