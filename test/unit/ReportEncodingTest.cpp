//===- ReportEncodingTest.cpp - names and texts that nobody vouches for ---===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reports/Encoding.h"
#include "reports/SarifRules.h"

#include <gtest/gtest.h>

using namespace nettune::cli;

namespace {

TEST(Printable, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("src/\x1b[31mred.cpp"), "src/<U+001B>[31mred.cpp");
  EXPECT_EQ(printable("a\nb\rc\td"), "a<U+000A>b<U+000D>c<U+0009>d");
  EXPECT_EQ(printable("\tx\t\x7f", /*KeepTabs=*/true), "\tx\t<U+007F>");
  EXPECT_EQ(printable(llvm::StringRef("a\0b", 3)), "a<U+0000>b");
}

TEST(Printable, ShowsControlsOfUnicodeAndOverridesOfDirection) {
  EXPECT_EQ(printable("\xC2\x9B" "31m"), "<U+009B>31m");
  EXPECT_EQ(printable("a\xE2\x80\xAE" "b"), "a<U+202E>b");
}

TEST(Printable, KeepsLettersOfAllTheWorld) {
  EXPECT_EQ(printable("größe/数据.cpp 🎉"), "größe/数据.cpp 🎉");
}

TEST(Printable, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("caf\xE9.cpp"), "caf<E9>.cpp");
  EXPECT_EQ(printable("\xE6\x95"), "<E6><95>");      // cut off
  EXPECT_EQ(printable("\xC0\xAF"), "<C0><AF>");      // an overlong '/'
  EXPECT_EQ(printable("\xED\xA0\x80"), "<ED><A0><80>"); // half a surrogate pair
}

TEST(TerminalWidth, IsThatOfTheCharacters) {
  EXPECT_EQ(terminalWidth("ab"), 2u);
  EXPECT_EQ(terminalWidth("ö"), 1u);
  EXPECT_EQ(terminalWidth("数据"), 4u);
  EXPECT_EQ(terminalWidth(""), 0u);
}

TEST(XmlText, HoldsNoMarkup) {
  EXPECT_EQ(xmlText("</a><script>\"&'"), "&#60;/a&#62;&#60;script&#62;&#34;&#38;&#39;");
  EXPECT_EQ(xmlText("]]>"), "]]&#62;");
  EXPECT_EQ(xmlText("a\nb\t"), "a&#10;b&#9;");
}

TEST(XmlText, HoldsOnlyWhatXmlCan) {
  EXPECT_EQ(xmlText(llvm::StringRef("\x1b\0", 2)), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(xmlText("\xE9"), "\xEF\xBF\xBD");
  EXPECT_EQ(xmlText("\xEF\xBF\xBE"), "\xEF\xBF\xBD"); // U+FFFE
  EXPECT_EQ(xmlText("数"), "数");
}

TEST(PercentEncoded, IsThePathOfAUri) {
  EXPECT_EQ(percentEncoded("src/my file#1?.cpp"), "src/my%20file%231%3F.cpp");
  EXPECT_EQ(percentEncoded("100%/a:b"), "100%25/a%3Ab");
  EXPECT_EQ(percentEncoded("caf\xE9/ö"), "caf%E9/%C3%B6");
  EXPECT_EQ(percentEncoded("A-z_0.9~"), "A-z_0.9~");
}

TEST(Utf16Length, CountsUnits) {
  EXPECT_EQ(utf16Length("abc"), 3u);
  EXPECT_EQ(utf16Length("ö数"), 2u);
  EXPECT_EQ(utf16Length("🎉"), 2u);
  EXPECT_EQ(utf16Length("\xE9\xE9"), 2u);
}

constexpr char Web[] = "https://example.org/docs/GUIDE.md#there";

TEST(StandaloneMarkdown, LinksLeadToTheGuideOnTheWeb) {
  EXPECT_EQ(standaloneMarkdown("See [the check](checks/a.md) and [above](#top), [1](https://x.example/y).\n", Web),
            "See [the check](https://example.org/docs/checks/a.md) and [above](https://example.org/docs/GUIDE.md#top), "
            "[1](https://x.example/y).\n");
}

TEST(StandaloneMarkdown, LinksAreTextWhereTheGuideIsNotOnTheWeb) {
  for (const char *Guide : {"", "file:///usr/share/doc/nettune/GUIDE.html#there", "docs/GUIDE.md#there"})
    EXPECT_EQ(standaloneMarkdown("See [the check](checks/a.md), [1](https://x.example/y) [2].\n", Guide),
              "See the check, [1](https://x.example/y) [2].\n");
}

TEST(StandaloneMarkdown, TitlesMayHoldParentheses) {
  EXPECT_EQ(standaloneMarkdown("a [2x (1 to 3)](m.md#b \"c (p50) gain\") d\n", ""), "a 2x (1 to 3) d\n");
  EXPECT_EQ(standaloneMarkdown("a [2x](m.md#b \"c (p50)\") d\n", Web), "a [2x](https://example.org/docs/m.md#b) d\n");
}

TEST(StandaloneMarkdown, CodeStaysAsItIs) {
  EXPECT_EQ(standaloneMarkdown("<a id=\"x\"></a>\n## X\n\n<!-- a\nb -->\n```cpp\nauto f = [](int a) { return v[a](1); };\n```\n", Web),
            "## X\n\n```cpp\nauto f = [](int a) { return v[a](1); };\n```\n");
}

TEST(StandaloneMarkdown, OrdinaryBracketsAreNoLinks) {
  EXPECT_EQ(standaloneMarkdown("a [3], b [4] and [c](#d)\n", ""), "a [3], b [4] and c\n");
  EXPECT_EQ(standaloneMarkdown("open [ for ever\n", Web), "open [ for ever\n");
}

} // namespace
