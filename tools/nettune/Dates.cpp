//===- Dates.cpp ----------------------------------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Dates.h"

#include <cstdlib>
#include <ctime>

namespace nettune::cli {

bool isDate(llvm::StringRef Text) {
  unsigned Year, Month, Day;
  if (Text.size() != 10 || Text[4] != '-' || Text[7] != '-' || Text.substr(0, 4).getAsInteger(10, Year) ||
      Text.substr(5, 2).getAsInteger(10, Month) || Text.substr(8, 2).getAsInteger(10, Day))
    return false;
  std::tm Asked{};
  Asked.tm_year = static_cast<int>(Year) - 1900;
  Asked.tm_mon = static_cast<int>(Month) - 1;
  Asked.tm_mday = static_cast<int>(Day);
  std::tm Made = Asked;
  return timegm(&Made) != -1 && Made.tm_mon == Asked.tm_mon && Made.tm_mday == Asked.tm_mday;
}

std::string today() {
  std::time_t Now = std::time(nullptr);
  if (const char *Epoch = std::getenv("SOURCE_DATE_EPOCH")) {
    long long Seconds;
    constexpr long long EndOf9999 = 253402300799;
    if (!llvm::StringRef(Epoch).getAsInteger(10, Seconds) && Seconds >= 0 && Seconds <= EndOf9999)
      Now = Seconds;
  }
  std::tm Day{};
  gmtime_r(&Now, &Day);
  char Text[16];
  std::strftime(Text, sizeof Text, "%Y-%m-%d", &Day);
  return Text;
}

} // namespace nettune::cli
