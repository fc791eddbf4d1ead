//===- ConstantEvalTest.cpp - counts and sizes ----------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProbedCode.h"

using namespace nettune::analysis;

namespace {

constexpr std::nullopt_t Unknown = std::nullopt;
using Numbers = std::vector<std::optional<std::int64_t>>;

std::optional<std::int64_t> number(const std::string &Code) { return ProbedCode(Code).number(); }
Numbers numbers(const std::string &Code) { return ProbedCode(Code).numbers(); }

/// What each expression stands for, in a function that may be given `int given`.
Numbers each(const std::string &Before, const std::vector<std::string> &Expressions) {
  std::string Code = Before + "\nvoid f(int given) {\n";
  for (const std::string &E : Expressions)
    Code += "  probe(" + E + ");\n";
  return numbers(Code + "}\n");
}

TEST(ConstantEval, Literals) {
  EXPECT_EQ(each("", {"64", "-3", "'a'", "true", "2.9", "4'000'000'000", "0x10 + 4 * 2", "given"}),
            (Numbers{64, -3, 97, 1, 2, 4'000'000'000, 24, Unknown}));
}

TEST(ConstantEval, NamedConstants) {
  EXPECT_EQ(each("const int a = 8; constexpr unsigned b = 2 * a; static const long c = b - 1;\n"
                 "namespace n { inline constexpr short d = 5; } enum e { E = 12 }; enum class w : int { two = 2 };\n"
                 "struct s { static constexpr int kept = 9; static const int old = 10; };\n"
                 "extern const int elsewhere; int shared = 4; static int own = 6;",
                 {"a", "b", "c", "n::d", "E", "w::two", "s::kept", "s::old", "elsewhere", "shared", "own"}),
            (Numbers{8, 16, 15, 5, 12, 2, 9, 10, Unknown, Unknown, 6}));
}

TEST(ConstantEval, ConstexprFunctionsAndTemplates) {
  EXPECT_EQ(each("constexpr int twice(int n) { return 2 * n; }\n"
                 "template <int N> int size() { return N; } template <class T> constexpr int wide = sizeof(T) * 4;",
                 {"twice(8)", "size<32>()", "wide<char>", "sizeof(int[3])", "twice(given)"}),
            (Numbers{16, 32, 4, 12, Unknown}));
  // A template parameter in the body of its instantiation.
  EXPECT_EQ(number("template <int N> struct pool { pool() { probe(N * 2); } }; pool<4> p;"), 8);
}

TEST(ConstantEval, Macros) {
  EXPECT_EQ(each("#define WORKERS 64\n#define TWICE(n) ((n) * 2)\n#define NAMED own\nstatic int own = 3;",
                 {"WORKERS", "TWICE(WORKERS)", "TWICE(NAMED)"}),
            (Numbers{64, 128, 6}));
}

TEST(ConstantEval, Locals) {
  EXPECT_EQ(number("void f() { int n = 4; probe(n); }"), 4);
  EXPECT_EQ(number("void f() { int n = 4; int m = n * 2; probe(m + 1); }"), 9);
  EXPECT_EQ(number("void f() { static int n = 4; probe(n); }"), 4);
  EXPECT_EQ(number("void f() { int n{7}; probe(n); }"), 7);
  EXPECT_EQ(number("void f() { int n = 4; const int &r = n; probe(r); }"), 4);
  EXPECT_EQ(number("void f() { int n = 4; [n] { probe(n); }(); }"), 4);
  EXPECT_EQ(number("void f() { int n = 4; [m = n * 2] { probe(m); }(); }"), 8);
  EXPECT_EQ(number("void f() { int n; probe(n); }"), Unknown);
  EXPECT_EQ(number("void f() { volatile int n = 4; probe(n); }"), Unknown);
}

TEST(ConstantEval, WhatIsWrittenAgainIsUnknown) {
  EXPECT_EQ(number("void f() { int n = 4; n = 8; probe(n); }"), Unknown);
  EXPECT_EQ(number("void f() { int n = 4; n += 8; probe(n); }"), Unknown);
  EXPECT_EQ(number("void f() { int n = 4; probe(n); ++n; }"), Unknown);
  EXPECT_EQ(number("void f() { int n = 4; [&n] { n = 5; }(); probe(n); }"), Unknown);
  EXPECT_EQ(number("static int n = 4; void set() { n = 8; } void f() { probe(n); }"), Unknown);
  EXPECT_EQ(number("void f(bool b) { int n = 4; if (n == 0) n = 8; probe(n); }"), Unknown);
}

TEST(ConstantEval, WhatEscapesIsUnknown) {
  EXPECT_EQ(number("void read(int *); void f() { int n = 4; read(&n); probe(n); }"), Unknown);
  EXPECT_EQ(number("void read(int &); void f() { int n = 4; read(n); probe(n); }"), Unknown);
  EXPECT_EQ(number("void f() { int n = 4; int &r = n; r = 5; probe(n); }"), Unknown);
  EXPECT_EQ(number("void f() { int n = 4; auto &&r = n; r = 5; probe(n); }"), Unknown);
  EXPECT_EQ(number("struct in { in &operator>>(int &); }; void f(in &i) { int n = 4; i >> n; probe(n); }"), Unknown);
  EXPECT_EQ(number("void f() { int n = 4; int &r = n; probe(r); }"), Unknown);
  // To be looked at is not to escape.
  EXPECT_EQ(number("void show(const int &); void f() { int n = 4; show(n); probe(n); }"), 4);
}

TEST(ConstantEval, DefaultArguments) {
  EXPECT_EQ(number("void start(int workers = 8) { probe(workers); } void f() { start(); }"), 8);
  EXPECT_EQ(number("void start(int workers = 8) { probe(workers); } void f() { start(); start(8); }"), 8);
  EXPECT_EQ(number("void start(int workers = 8) { probe(workers); } void f() { start(); start(4); }"), Unknown);
  EXPECT_EQ(number("void start(int workers = 8); void f() { start(); } void start(int n) { probe(n); }"), 8);
  // Who calls it is not known: the default says nothing.
  EXPECT_EQ(number("void start(int workers = 8) { probe(workers); }"), Unknown);
}

TEST(ConstantEval, ParametersAlwaysCalledWithOneValue) {
  EXPECT_EQ(number("void start(int n) { probe(n); } void f() { start(4); }"), 4);
  EXPECT_EQ(number("void start(int n) { probe(n); } void f() { start(4); start(2 + 2); }"), 4);
  EXPECT_EQ(number("void start(int n) { probe(n); } void f() { start(4); start(5); }"), Unknown);
  EXPECT_EQ(number("void start(int n) { probe(n); } void f(int m) { start(4); start(m); }"), Unknown);
  EXPECT_EQ(number("void inner(int n) { probe(n); } void outer(int n) { inner(n); } void f() { outer(6); }"), 6);
  EXPECT_EQ(number("struct pool { explicit pool(int n) { probe(n); } }; void f() { pool p(16); }"), 16);
  EXPECT_EQ(number("struct a { int operator()(int n) { probe(n); return n; } }; void f(a x) { x(3); }"), 3);
  EXPECT_EQ(number("void start(int n) { n = 5; probe(n); } void f() { start(4); }"), Unknown);
  EXPECT_EQ(number("int start(int n) { probe(n); return n ? start(n - 1) : 0; } int x = start(4);"), Unknown);
}

TEST(ConstantEval, ParametersThatOthersMayGive) {
  EXPECT_EQ(number("void start(int n) { probe(n); } void f() { start(4); } void (*p)(int) = start;"), Unknown);
  EXPECT_EQ(number("void start(int n) { probe(n); } void f() { start(4); } auto p = &start;"), Unknown);
  EXPECT_EQ(number("template <class F> void later(F &&); void start(int n) { probe(n); }\n"
                   "void f() { start(4); later(start); }"),
            Unknown);
  EXPECT_EQ(number("struct s { virtual void start(int n) { probe(n); } }; void f(s &x) { x.start(4); }"), Unknown);
  EXPECT_EQ(number("void f() { auto start = [](int n) { probe(n); }; start(4); }"), Unknown);
}

TEST(ConstantEval, ReturnedValues) {
  EXPECT_EQ(number("int n() { return 4; } void f() { probe(n() * 2); }"), 8);
  EXPECT_EQ(number("int n() { int m = 4; return m + 1; } void f() { probe(n()); }"), 5);
  EXPECT_EQ(number("int n() { static int m = 4; ++m; return m; } void f() { probe(n()); }"), Unknown);
  EXPECT_EQ(number("int n(); void f() { probe(n()); }"), Unknown);
  EXPECT_EQ(number("int n(int m) { return 4; } void f() { probe(n(1)); }"), Unknown);
  EXPECT_EQ(number("int n(); int m() { return n(); } int n() { return m(); } void f() { probe(n()); }"), Unknown);
  EXPECT_EQ(number("struct s { virtual int n() { return 4; } }; void f(s &x) { probe(x.n()); }"), Unknown);
  EXPECT_EQ(number("struct s { virtual int n(); }; struct t : s { int n() override { return 4; } };\n"
                   "void f(t &x) { probe(x.n()); }"),
            Unknown);
}

TEST(ConstantEval, Arithmetic) {
  // Of variables that are not const: clang's own evaluation leaves these to nettune's.
  EXPECT_EQ(each("static int a = 7, b = 2; static double h = 0.5;",
                 {"a + b", "a - b", "b - a", "a * b", "a / b", "a / b * b", "a << b", "a >> 1", "a * h", "a * h * b"}),
            (Numbers{9, 5, -5, 14, 3, 6, 28, 3, 3, 7}));
  EXPECT_EQ(each("static int a = 7, z = 0;",
                 {"a / z", "a % z", "a / 0", "1 / (a - 7)", "a << 40", "a ? 5 : given", "true ? 5 : given"}),
            (Numbers{Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, 5}));
}

TEST(ConstantEval, OverflowIsUnknown) {
  EXPECT_EQ(each("static int most = 2147483647; static unsigned few = 3;",
                 {"2147483647 + 1", "most + 1", "most * 2", "most * 2l", "few - 5", "few - 5l"}),
            (Numbers{Unknown, Unknown, Unknown, 4'294'967'294, Unknown, -2}));
  EXPECT_EQ(each("", {"18446744073709551615ull", "9223372036854775807ll", "1ll << 53", "-(1ll << 53)", "1e30"}),
            (Numbers{Unknown, Unknown, 9'007'199'254'740'992, -9'007'199'254'740'992, Unknown}));
}

TEST(ConstantEval, ConfigurationStructs) {
  const std::string Config = "struct config { int workers = 4; int backlog; };\n";
  EXPECT_EQ(number(Config + "void f(const config &c) { probe(c.workers); }"), 4);
  EXPECT_EQ(number(Config + "void f(const config &c) { probe(c.backlog); }"), Unknown);
  EXPECT_EQ(number(Config + "void f() { config c; c.workers = 64; probe(c.workers); }"), 64);
  EXPECT_EQ(number(Config + "void f() { config c{.workers = 64}; probe(c.workers); }"), 64);
  EXPECT_EQ(number(Config + "void f() { config c{64, 128}; probe(c.backlog + c.workers); }"), 192);
  EXPECT_EQ(number(Config + "void f() { config c{.backlog = 128}; probe(c.workers); }"), 4);
  EXPECT_EQ(number(Config + "void f(config &c, config &d) { c.workers = 8; d.workers = 9; probe(c.workers); }"),
            Unknown);
  EXPECT_EQ(number(Config + "void f() { config c{.workers = 8}, d{.workers = 9}; probe(c.workers); }"), Unknown);
  EXPECT_EQ(number(Config + "void f(config &c) { c.workers *= 2; probe(c.workers); }"), Unknown);
  EXPECT_EQ(number("struct base { int b = 1; }; struct config : base { int workers = 4; };\n"
                   "void f() { config c{{2}, 64}; probe(c.workers); }"),
            64);
}

TEST(ConstantEval, FieldsOfClasses) {
  EXPECT_EQ(number("class pool { int n_; public: pool() : n_(16) {} void run() { probe(n_); } };"), 16);
  EXPECT_EQ(number("class pool { int n_; public: explicit pool(int n) : n_(n) {} void run() { probe(n_); } };\n"
                   "pool p(8);"),
            8);
  EXPECT_EQ(number("class pool { int n_; public: explicit pool(int n) : n_(n) {} void run() { probe(n_); } };\n"
                   "pool p(8), q(9);"),
            Unknown);
  EXPECT_EQ(number("class pool { int n_ = 2; public: int &n() { return n_; } void run() { probe(n_); ++n_; } };"),
            Unknown);
  EXPECT_EQ(number("union u { int n = 4; float f; }; void f(u &x) { probe(x.n); }"), Unknown);
}

TEST(ConstantEval, ConfigurationsThatOthersFill) {
  const std::string Config = "struct config { int workers = 4; };\n";
  EXPECT_EQ(number(Config + "config load(); void f() { config c = load(); probe(c.workers); }"), Unknown);
  EXPECT_EQ(number(Config + "void load(config &); void f() { config c; load(c); probe(c.workers); }"), Unknown);
  EXPECT_EQ(number(Config + "void load(config *); void f() { config c; load(&c); probe(c.workers); }"), Unknown);
  EXPECT_EQ(number(Config + "void load(void *, int); void f() { config c; load(&c, sizeof c); probe(c.workers); }"),
            Unknown);
  EXPECT_EQ(number("#include <stdio.h>\n" + Config +
                   "void f(FILE *file) { config c; fread(&c, sizeof c, 1, file); probe(c.workers); }"),
            Unknown);
  EXPECT_EQ(number(Config + "void show(const config &); void f() { config c; show(c); probe(c.workers); }"), 4);
}

TEST(ConstantEval, WhereAConstantIsWritten) {
  ProbedCode Named("const int workers =\n    64;\nvoid f() { probe(workers); }");
  ASSERT_TRUE(Named.quantity() && Named.quantity()->Origin);
  EXPECT_EQ(Named.line(*Named.quantity()->Origin), 2u);
  ProbedCode Field("struct config {\n int workers = 4;\n};\nvoid f(const config &c) { probe(c.workers); }");
  ASSERT_TRUE(Field.quantity() && Field.quantity()->Origin);
  EXPECT_EQ(Field.line(*Field.quantity()->Origin), 2u);
  ProbedCode Literal("void f() { probe(64); }");
  ASSERT_TRUE(Literal.quantity());
  EXPECT_EQ(Literal.quantity()->Origin, nullptr);
}

TEST(ConstantEval, ChronoUnits) {
  ProbedCode Code(R"(#include <chrono>
    using namespace std::chrono_literals;
    constexpr auto timeout = 1500ms;
    const std::chrono::seconds pause(2);
    void f(std::chrono::seconds given) {
      probe(5s); probe(timeout); probe(pause); probe(std::chrono::minutes(2)); probe(29ms); probe(7000us);
      probe(999us); probe(-3s); probe(std::chrono::milliseconds(1001)); probe(given); probe(2500);
    })");
  EXPECT_EQ(Code.numbers(nettune::model::Unit::Milliseconds),
            (Numbers{5000, 1500, 2000, 120'000, 29, 7, 0, -3000, 1001, Unknown, 2500}));
  EXPECT_EQ(Code.numbers(nettune::model::Unit::Seconds),
            (Numbers{5, 1, 2, 120, 0, 0, 0, -3, 1, Unknown, 2500}));
}

TEST(ConstantEval, Elements) {
  ProbedCode Code(R"(#include <array>
    #include <string>
    #include <vector>
    constexpr std::size_t page = 4096;
    void look(const std::vector<char> &);
    struct session { std::vector<char> in = std::vector<char>(256); std::vector<char> out; session() : out(page) {} };
    void f(session &s, std::vector<char> &given) {
      char raw[page];                    probe(raw);
      std::array<char, 512> array;       probe(array);
      std::vector<char> sized(page * 2); probe(sized);
      std::string text(16, ' ');         probe(text);
      std::vector<char> later;           later.resize(100); probe(later); look(later);
      probe(s.out);
      probe(given);
      std::vector<char> listed{16};      probe(listed);
    })");
  EXPECT_EQ(Code.sizes(), (Numbers{4096, 512, 8192, 16, 100, 4096, Unknown, Unknown}));
}

TEST(ConstantEval, ContainersThatChangeAreOfUnknownSize) {
  ProbedCode Code(R"(#include <string>
    #include <utility>
    #include <vector>
    void fill(std::vector<char> &);
    void f(bool b) {
      std::vector<char> grown(16);    grown.push_back('a');              probe(grown);
      std::vector<char> given(16);    fill(given);                       probe(given);
      std::vector<char> twice(16);    twice.resize(32);                  probe(twice);
      std::vector<char> assigned(16); assigned = std::vector<char>(64);  probe(assigned);
      std::string added(16, ' ');     added += "more";                   probe(added);
      std::vector<char> moved(16);    auto to = std::move(moved);        probe(moved);
      std::vector<char> read(16);     read[0] = 'a';                     probe(read);
    })");
  EXPECT_EQ(Code.sizes(), (Numbers{Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, 16}));
}

TEST(ConstantEval, SizesOfContainersInExpressions) {
  EXPECT_EQ(numbers(R"(#include <vector>
    #include <array>
    void f() {
      std::vector<char> sized(64); probe(sized.size() / 2);
      char raw[64]; probe(sizeof raw - 1); probe(sizeof raw / sizeof *raw);
      std::array<int, 8> array; probe(array.size());
    })"),
            (Numbers{32, 63, 64, 8}));
}

} // namespace
