//===- GuideTextTest.cpp - the guide in a terminal ------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"

#include <gtest/gtest.h>

using namespace nettune::cli;

static constexpr char Guide[] =
    "# Guide\n\n<a id=\"one\"></a>\n## One\n\nFirst.\n\n<a id=\"two\"></a>\n## Two\n\n"
    "| <a id=\"inside\"></a>row | x |\n";

TEST(GuideText, SectionsEndAtTheNextAnchor) {
  EXPECT_EQ(section(Guide, "one"), "<a id=\"one\"></a>\n## One\n\nFirst.\n\n");
  EXPECT_EQ(section(Guide, "two"), section(Guide, "inside"));
  EXPECT_EQ(section(Guide, "three"), std::nullopt);
  EXPECT_EQ(section(Guide, ""), std::nullopt);
  EXPECT_EQ(sectionAnchors(Guide), (std::vector<std::string>{"one", "two"}));
}

// The guide's table of workloads has their anchors in its rows; the pages come behind it.
TEST(GuideText, ASectionOfThatAnchorIsPreferred) {
  const std::string Page = "<a id=\"inside\"></a>\n# Inside\n\n", Last = "<a id=\"last\"></a>\n# Last\n";
  EXPECT_EQ(section(Guide + Page + Last, "inside"), Page);
  EXPECT_EQ(section(Guide + Page, "inside"), Page);
  EXPECT_EQ(section(Guide + Last, "inside"), section(Guide, "two"));
}

TEST(GuideText, ProseIsWrapped) {
  EXPECT_EQ(plainText("one two\nthree four\n", 9), "one two\nthree\nfour\n");
  EXPECT_EQ(plainText("- one two three\n- four\n", 9), "- one two\n  three\n- four\n");
  EXPECT_EQ(plainText("10. one two\n    three\n", 8), "10. one\n    two\n    three\n");
  EXPECT_EQ(plainText("averyveryverylongword b\n", 5), "averyveryverylongword\nb\n");
  EXPECT_EQ(plainText("4\u00d7 5\u00d7 6\u00d7\n", 5), "4\u00d7 5\u00d7\n6\u00d7\n");
}

TEST(GuideText, CodeTablesAndHeadingsStay) {
  EXPECT_EQ(
      plainText("## A long heading\n\n```cpp\nint  f(); // [a](b)\n```\n| a long row | b |\n", 5),
      "## A long heading\n\n    int  f(); // [a](b)\n| a long row | b |\n");
}

TEST(GuideText, CodeIsLabelled) {
  EXPECT_EQ(plainText("Text:\n\n<!-- snippet: BAD nettune-short-write flags=-x "
                      "-->\n```cpp\nx;\n\ny;\n```\n\n<!-- snippet: GOOD -->\n",
                      80),
            "Text:\n\nBad (nettune-short-write):\n\n    x;\n\n    y;\n\nGood:\n\n");
}

TEST(GuideText, LinksAndComments) {
  EXPECT_EQ(plainText("See [a](#b), [c](d.md \"e (f) gain\") and [g](https://h.org/i).\n", 80),
            "See a, c and g <https://h.org/i>.\n");
  EXPECT_EQ(plainText("[1] [a](b) 5 ms<!-- given: why --> [2]\n", 80), "[1] a 5 ms [2]\n");
  EXPECT_EQ(plainText("<!-- apis: asio -->\nText.\n", 80), "Text.\n");
  EXPECT_EQ(plainText("[open](", 80), "[open](\n");
  EXPECT_EQ(plainText("[a](b \"c", 80), "[a](b \"c\n");
}
