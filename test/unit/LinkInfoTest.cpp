//===- LinkInfoTest.cpp - what a build links ------------------------------===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkScript.h"
#include "NinjaGraph.h"
#include "ShardFiles.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/raw_ostream.h>

#include <gtest/gtest.h>

using namespace nettune::cli;
using nettune::summary::TuSet;

namespace {

using Kind = LinkedFile::Kind;
using Texts = std::vector<std::string>;

/// A build directory that goes when the test does.
class Build {
public:
  Build() {
    llvm::SmallString<128> Made;
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("nettune-build", Made));
    llvm::SmallString<128> Real;
    EXPECT_FALSE(llvm::sys::fs::real_path(Made, Real));
    Path = Real.str().str();
  }
  ~Build() { llvm::sys::fs::remove_directories(Path); }

  void write(const std::string &Name, const std::string &Text) {
    std::string File = Path + "/" + Name;
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(File));
    std::error_code EC;
    llvm::raw_fd_ostream Out(File, EC);
    ASSERT_FALSE(EC) << File;
    Out << Text;
  }
  TuCommand command(const std::string &Source, Texts Outputs) const {
    TuCommand C{Path + "/src/" + Source, Path, {}, "", 0};
    for (const std::string &O : Outputs)
      C.Outputs.push_back(Path + "/" + O);
    return C;
  }
  std::string Path;
};

/// "app(0 1) plugin libx.so(2)", or the error without the directory.
std::string told(const Build &B, const std::vector<TuCommand> &Commands,
                 llvm::Expected<std::optional<LinkInfo>> Info) {
  if (!Info) {
    std::string Error = llvm::toString(Info.takeError());
    return Error.substr(Error.starts_with(B.Path) ? B.Path.size() + 1 : 0);
  }
  if (!*Info)
    return "nothing";
  std::string Text;
  for (const TuSet &Set : linkedSets(**Info, Commands, B.Path)) {
    Text += (Text.empty() ? "" : " ") + std::string(Set.IsPlugin ? "plugin " : "") + Set.Name + "(";
    for (unsigned Tu : Set.Tus)
      Text += (Text.back() == '(' ? "" : " ") + std::to_string(Tu);
    Text += ")";
  }
  return Text;
}

std::string sets(const std::vector<TuCommand> &Commands, std::vector<LinkedFile> Files) {
  Build B;
  return told(B, Commands, std::optional(LinkInfo{"", std::move(Files)}));
}

TEST(LinkInfo, KindsByName) {
  for (auto Name : {"app", "/b/app.1", "a.out", "server.exe", "libs.so/app"})
    EXPECT_EQ(kindOfFile(Name), Kind::Executable) << Name;
  for (auto Name : {"libx.so", "/b/libx.so.1.2.3", "x.dylib"})
    EXPECT_EQ(kindOfFile(Name), Kind::SharedLibrary) << Name;
  for (auto Name : {"libx.a", "x.o", "x.cpp.o", "x.obj"})
    EXPECT_EQ(kindOfFile(Name), Kind::Part) << Name;
}

TEST(LinkInfo, LibrariesAreTakenInAndPluginsStandAlone) {
  std::vector<TuCommand> Commands(5);
  for (unsigned I = 0; I < 5; ++I)
    Commands[I].Outputs = {"/b/" + std::to_string(I) + ".o"};
  Commands[1].Outputs.push_back("/b/pic/1.o"); // the same, compiled twice
  std::vector<LinkedFile> Files{
      {"/b/app", Kind::Executable, {"/b/0.o", "/b/c.o", "/b/libx.so.1.2", "/b/tool", "/usr/lib/libz.so"}, {}},
      {"/b/libx.so.1.2", Kind::SharedLibrary, {"/b/pic/1.o", "/b/liby.a"}, {}},
      {"/b/libx.so", Kind::SharedLibrary, {"/b/libx.so.1.2"}, {}}, // a link to it
      {"/b/liby.a", Kind::Part, {"/b/2.o", "/b/gone.o"}, {}},
      {"/b/tool", Kind::Executable, {"/b/3.o"}, {}},
      {"/b/plug.so", Kind::SharedLibrary, {"/b/4.o", "/b/app"}, {}},
      {"/b/plug.so.txt", Kind::Executable, {"/b/plug.so"}, {}}, // something made of it
  };
  EXPECT_EQ(sets(Commands, Files), "/b/app(0 1 2) plugin /b/plug.so(4) /b/tool(3)");
}

TEST(LinkInfo, AVersionedLibraryThatNothingLinksIsAProgram) {
  std::vector<TuCommand> Commands(1);
  Commands[0].Outputs = {"/b/0.o"};
  EXPECT_EQ(sets(Commands, {{"/b/libx.so.1.2", Kind::SharedLibrary, {"/b/0.o"}, {}},
                            {"/b/libx.so.1", Kind::SharedLibrary, {"/b/libx.so.1.2"}, {}},
                            {"/b/libx.so", Kind::SharedLibrary, {"/b/libx.so.1"}, {}}}),
            "plugin /b/libx.so.1.2(0)");
}

TEST(LinkInfo, ObjectsThatNobodyCompilesAreNoTus) {
  std::vector<TuCommand> Commands(1);
  LinkInfo Info{"", {{"/b/app", Kind::Executable, {"/b/gone.o"}, {}}}};
  EXPECT_EQ(sets(Commands, Info.Files), "");
  EXPECT_FALSE(namesTus(Info, Commands));
}

std::string asText(const std::optional<LinkedFile> &F) {
  if (!F)
    return "none";
  std::string Text = F->Path + (F->K == Kind::Executable ? " <-" : F->K == Kind::Part ? " =" : " <=");
  for (const std::string &Input : F->Inputs)
    Text += " " + Input;
  return Text;
}

std::string parsed(llvm::StringRef Line) { return asText(parseLinkCommand(shellWords(Line), "/no/b/sub")); }

TEST(LinkScripts, Commands) {
  EXPECT_EQ(parsed("/usr/bin/c++ -O2 -rdynamic CMakeFiles/a.dir/m.cpp.o -o \"app two\" -Wl,-rpath,/x ../libc.a -lz"),
            "/no/b/sub/app two <- /no/b/sub/CMakeFiles/a.dir/m.cpp.o /no/b/libc.a");
  EXPECT_EQ(parsed("/usr/bin/ar qc libc.a CMakeFiles/c.dir/__/d.cpp.o x.o"),
            "/no/b/sub/libc.a = /no/b/sub/CMakeFiles/c.dir/__/d.cpp.o /no/b/sub/x.o");
  EXPECT_EQ(parsed("/opt/llvm-ar-22 qc libc.a x.o"), "/no/b/sub/libc.a = /no/b/sub/x.o");
  EXPECT_EQ(parsed("c++ -fPIC -shared -Wl,-soname,libs.so.1 -o libs.so.1.2 s.o"),
            "/no/b/sub/libs.so.1.2 <= /no/b/sub/s.o");
  EXPECT_EQ(parsed("c++ -shared -o python_module.x s.o"), "/no/b/sub/python_module.x <= /no/b/sub/s.o");
}

TEST(LinkScripts, WhatLinksNothing) {
  for (auto Line : {"", "/usr/bin/ranlib libc.a", "/usr/bin/ar qc", "c++ -o", "c++ x.o -o", "c++ x.o", "-o app"})
    EXPECT_EQ(parsed(Line), "none") << Line;
}

TEST(LinkScripts, ABuildDirectory) {
  Build B;
  std::vector<TuCommand> Commands{B.command("m.cpp", {"sub/CMakeFiles/app.dir/m.cpp.o"}),
                                  B.command("c.cpp", {"CMakeFiles/core.dir/c.cpp.o"})};
  EXPECT_EQ(told(B, Commands, readLinkScripts(B.Path)), "nothing");
  B.write("CMakeFiles/TargetDirectories.txt",
          B.Path + "/sub/CMakeFiles/app.dir\n" + B.Path + "/CMakeFiles/core.dir\n" + B.Path + "/CMakeFiles/help.dir\n");
  EXPECT_EQ(told(B, Commands, readLinkScripts(B.Path)), "nothing") << "as of another generator";
  B.write("CMakeFiles/core.dir/link.txt", "/usr/bin/ar qc libcore.a @CMakeFiles/core.dir/objects1.rsp\nranlib libcore.a\n");
  EXPECT_EQ(told(B, Commands, readLinkScripts(B.Path)),
            "CMakeFiles/core.dir/objects1.rsp: error: No such file or directory");
  B.write("CMakeFiles/core.dir/objects1.rsp", "CMakeFiles/core.dir/c.cpp.o \"with blank.o\"\n");
  B.write("sub/CMakeFiles/app.dir/link.txt", "c++ CMakeFiles/app.dir/m.cpp.o -o app ../libcore.a");
  EXPECT_EQ(told(B, Commands, readLinkScripts(B.Path)), "sub/app(0 1)");
  B.write("sub/CMakeFiles/app.dir/link.txt", "<<<<<<< ours\n");
  EXPECT_EQ(told(B, Commands, readLinkScripts(B.Path)),
            "sub/CMakeFiles/app.dir/link.txt: error: no command there that links anything");
}

constexpr llvm::StringLiteral Dot = R"(digraph ninja {
rankdir="LR"
node [fontsize=10, shape=box, height=0.25]
edge [fontsize=10]
"0x1" [label="app two"]
"0x2" [label="CXX_EXECUTABLE_LINKER__app_", shape=ellipse]
"0x2" -> "0x1"
"0x3" -> "0x2" [arrowhead=none]
"0x4" -> "0x2" [arrowhead=none]
"0x5" -> "0x2" [arrowhead=none style=dotted]
"0x3" [label="CMakeFiles/app.dir/m.cpp.o"]
"0x4" [label="libc.a"]
"0x6" -> "0x4" [label=" CXX_STATIC_LIBRARY_LINKER__c_"]
"0x6" [label="/abs/c.cpp.o"]
"0x5" [label="order"]
"0x7" [label="all"]
"0x1" -> "0x7" [label=" phony"]
}
)";

std::string graph(llvm::StringRef Text) {
  std::vector<LinkedFile> Files;
  std::string Error;
  if (!parseNinjaGraph(Text, "/no/b", Files, Error))
    return Error;
  std::string Said;
  for (const LinkedFile &F : Files)
    Said += asText(F) + "\n";
  return Said;
}

TEST(NinjaGraph, StepsAndTheirInputs) {
  EXPECT_EQ(graph(Dot), "/no/b/libc.a = /abs/c.cpp.o\n"
                        "/no/b/app two <- /no/b/CMakeFiles/app.dir/m.cpp.o /no/b/libc.a\n");
}

TEST(NinjaGraph, CutShortOrStrange) {
  for (std::size_t Size = 0; Size + 2 < Dot.size(); ++Size) {
    std::string Said = graph(Dot.take_front(Size));
    ASSERT_TRUE(Said == "ninja's graph is cut short" || llvm::StringRef(Said).starts_with("line ")) << Size << Said;
  }
  EXPECT_EQ(graph("digraph ninja {\n\"0x1\" to \"0x2\"\n}\n"),
            "line 2 of ninja's graph is not understood: \"0x1\" to \"0x2\"");
  EXPECT_EQ(graph("ninja: error: loading 'build.ninja'\n"),
            "line 1 of ninja's graph is not understood: ninja: error: loading 'build.ninja'");
}

TEST(NinjaGraph, Targets) {
  EXPECT_EQ(ninjaPrograms("all: phony\napp: LINK\na: b: LINK\nlibx.a: AR\nx.o: CC\nlibx.so.1: SOLINK\nodd line\n"),
            (Texts{"app", "a: b", "libx.so.1"}));
}

TEST(NinjaGraph, ABuildFileThatNinjaDoesNotTake) {
  Build B;
  EXPECT_EQ(told(B, {}, readNinjaGraph(B.Path)), "nothing");
  B.write("build.ninja", "rule link\n  command = ld $in -o $out\nbuild app: link m.o || order\nbuild order: phony\n");
  EXPECT_EQ(told(B, {B.command("m.cpp", {"m.o"})}, readNinjaGraph(B.Path)), "app(0)");
  B.write("build.ninja", "rule link\n  command = ld\nbuild app: lonk m.o\n");
  EXPECT_EQ(told(B, {}, readNinjaGraph(B.Path)),
            "build.ninja: error: 'ninja -t targets' ended with 1: ninja: error: build.ninja:3: unknown build rule 'lonk'");
}

/// What CMake 3.25 writes, less what is not read.
class FileApi : public testing::Test {
protected:
  FileApi() {
    put("index-2026-01-02T00-00-00-0000.json",
        R"({"objects": [{"jsonFile": "model.json", "kind": "codemodel", "version": {"major": 2, "minor": 4}}]})");
    put("model.json", R"({"configurations": [{"targets": [{"jsonFile": "app.json"}, {"jsonFile": "core.json"},
        {"jsonFile": "util.json"}]}], "paths": {"source": ")" + B.Path + R"(/src"}})");
    put("app.json", App);
    put("core.json", R"({"type": "STATIC_LIBRARY", "name": "core", "paths": {"build": "sub"}, "artifacts":
        [{"path": "sub/libcore.a"}], "sources": [{"path": "both.cpp", "compileGroupIndex": 0}]})");
    put("util.json", R"({"type": "UTILITY", "name": "docs"})");
  }
  void put(const std::string &Name, const std::string &Text) { B.write(".cmake/api/v1/reply/" + Name, Text); }
  std::string told() { return ::told(B, Commands, readCMakeFileApi(B.Path, Commands)); }

  Build B;
  std::string App = R"({"type": "EXECUTABLE", "name": "app", "paths": {"build": "."}, "artifacts": [{"path": "app"}],
        "sources": [{"path": "m.cpp", "compileGroupIndex": 0}, {"path": "both.cpp", "compileGroupIndex": 0},
        {"path": "m.h"}, {"path": ")" + B.Path + R"(/CMakeFiles/objs.dir/o.cpp.o"}],
        "link": {"commandFragments": [{"fragment": "-O2", "role": "flags"},
        {"fragment": "-Wl,--start-group sub/libcore.a -Wl,--end-group", "role": "libraries"}]}})";
  std::vector<TuCommand> Commands{B.command("m.cpp", {"CMakeFiles/app.dir/m.cpp.o"}),
                                  B.command("both.cpp", {"CMakeFiles/app.dir/both.cpp.o"}),
                                  B.command("both.cpp", {"sub/CMakeFiles/core.dir/both.cpp.o"}),
                                  B.command("o.cpp", {"CMakeFiles/objs.dir/o.cpp.o"}),
                                  B.command("loose.cpp", {"CMakeFiles/loose.dir/loose.cpp.o"})};
};

TEST_F(FileApi, ATargetHasItsOwnTuOfASourceOfTwo) {
  EXPECT_EQ(told(), "app(0 1 2 3)");
  put("model.json", R"({"configurations": [{"targets": [{"jsonFile": "app.json"}]}], "paths": {"source": ")" + B.Path +
                        R"(/src"}})");
  EXPECT_EQ(told(), "app(0 1 3)");
}

TEST_F(FileApi, NothingThatWasAsked) {
  put("index-2026-01-03T00-00-00-0000.json", R"({"objects": [{"jsonFile": "x", "kind": "cache"}]})");
  EXPECT_EQ(told(), "nothing");
  Build Empty;
  EXPECT_EQ(::told(Empty, {}, readCMakeFileApi(Empty.Path, {})), "nothing");
}

TEST_F(FileApi, WrittenBeforeTheCompileCommands) {
  B.write("compile_commands.json", "[]");
  EXPECT_EQ(told(), "nothing");
}

TEST_F(FileApi, CutShortOrStrange) {
  const std::string In = ".cmake/api/v1/reply/app.json: error: ";
  for (std::size_t Size = 0; Size + 1 < App.size(); ++Size) {
    put("app.json", App.substr(0, Size));
    ASSERT_TRUE(llvm::StringRef(told()).starts_with(In)) << Size << told();
  }
  for (auto [Text, Missing] : {std::pair("[]", "'type' and 'name'"), {"{\"type\": 7, \"name\": 8}", "'type' and 'name'"},
                               {R"({"type": "EXECUTABLE", "name": "a"})", "'artifacts', 'sources' and 'paths'"},
                               {R"({"type": "EXECUTABLE", "name": "a", "paths": {"build": "."}, "artifacts": [],
                                    "sources": [7]})",
                                "'path' of a source"}}) {
    put("app.json", Text);
    EXPECT_EQ(told(), In + "no " + Missing + " there");
  }
  llvm::sys::fs::remove(B.Path + "/.cmake/api/v1/reply/app.json");
  EXPECT_EQ(told(), In + "No such file or directory");
}

class ProgramsFile : public testing::Test {
protected:
  std::string told(const std::string &Text) {
    B.write("p.json", Text);
    std::vector<nettune::summary::Shard> Shards(3);
    for (unsigned I = 0; I < 3; ++I)
      Shards[I].MainFile = I == 0 ? "src/a.cpp" : "src/b.cpp";
    auto Read = readPrograms(B.Path + "/p.json", Shards, "/top");
    if (!Read)
      return llvm::StringRef(llvm::toString(Read.takeError())).drop_front(B.Path.size() + 1).str();
    std::string Said;
    for (const TuSet &Set : *Read)
      Said += Set.Name + (Set.IsPlugin ? " plugin" : "") + " " + std::to_string(Set.Tus.size()) + "\n";
    return Said;
  }
  Build B;
};

TEST_F(ProgramsFile, NamesMainFiles) {
  EXPECT_EQ(told(R"({"app": ["src/a.cpp", "/top/src/b.cpp", "src/c.c", "src/a.cpp"]})"), "app 3\n");
  EXPECT_EQ(told(R"({"x.so": ["src/a.cpp"]})"), "x.so plugin 1\n");
}

TEST_F(ProgramsFile, Errors) {
  const std::string NoObject = "p.json: error: not an object of programs: {\"bin/server\": [\"src/main.cpp\", ...], ...}";
  EXPECT_EQ(told("[]"), NoObject);
  EXPECT_EQ(told("{}"), NoObject);
  EXPECT_EQ(told(R"({"app": "src/a.cpp"})"), "p.json: error: 'app' is no list of main files");
  EXPECT_EQ(told(R"({"app": [1]})"), "p.json: error: 'app' lists something that is no string");
  EXPECT_EQ(told(R"({"app": ["gone.cpp"]})"), "p.json: error: none of the files of 'app' has a shard");
  EXPECT_TRUE(llvm::StringRef(told(R"({"app": [)")).starts_with("p.json: error: [1:"));
}

} // namespace
