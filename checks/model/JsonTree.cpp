//===- JsonTree.cpp - JSON with the place of every token --------*- C++ -*-===//
//
// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "JsonTree.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_set>

namespace nettune::model {

namespace {

constexpr std::size_t MaxDepth = 64;
/// Longest excerpt of the user's text in a message.
constexpr std::size_t MaxQuoted = 100;

/// Feeds the text to the lexer and tells how far it has read.
struct CountingIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char *;
  using reference = const char &;

  const char *Position;
  const char **Read;

  reference operator*() const { return *Position; }
  CountingIterator &operator++() {
    *Read = ++Position;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator Old = *this;
    ++*this;
    return Old;
  }
  bool operator==(const CountingIterator &Other) const { return Position == Other.Position; }
};

void appendStep(std::string &Pointer, std::string_view Key) {
  Pointer += '/';
  for (const char C : Key) {
    if (C == '~')
      Pointer += "~0";
    else if (C == '/')
      Pointer += "~1";
    else
      Pointer += C;
  }
}

/// Builds the tree from the events of nlohmann's SAX parser, which parses
/// without recursion.
class TreeBuilder {
public:
  TreeBuilder(std::string_view Text, JsonError &Error)
      : Text(Text), Read(Text.data()), Error(Error) {}

  bool parse() {
    const char *End = Text.data() + Text.size();
    return nlohmann::json::sax_parse(CountingIterator{Text.data(), &Read},
                                     CountingIterator{End, &Read}, this);
  }
  JsonNode takeRoot() { return std::move(Root); }

  // The events. False stops the parser.
  bool null() {
    newNode(JsonNode::Kind::Null);
    return true;
  }
  bool boolean(bool Value) {
    newNode(JsonNode::Kind::Boolean).Boolean = Value;
    return true;
  }
  bool number_integer(std::int64_t Value) {
    newNode(JsonNode::Kind::Integer).Integer = Value;
    return true;
  }
  bool number_unsigned(std::uint64_t Value) {
    constexpr std::uint64_t Max = std::numeric_limits<std::int64_t>::max();
    newNode(Value > Max ? JsonNode::Kind::Number : JsonNode::Kind::Integer).Integer =
        static_cast<std::int64_t>(std::min(Value, Max));
    return true;
  }
  bool number_float(double, const std::string &) {
    newNode(JsonNode::Kind::Number);
    return true;
  }
  bool string(std::string &Value) {
    newNode(JsonNode::Kind::String).String = std::move(Value);
    return true;
  }
  bool binary(nlohmann::json::binary_t &) { return false; } // JSON text has none
  bool start_object(std::size_t) { return open(JsonNode::Kind::Object); }
  bool start_array(std::size_t) { return open(JsonNode::Kind::Array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string &Key);
  bool parse_error(std::size_t CharactersRead, const std::string &LastToken,
                   const nlohmann::json::exception &Exception);

private:
  /// A container whose end is not yet read. A node does not move while it is
  /// open: its siblings come after it.
  struct Open {
    JsonNode *Node;
    std::unordered_set<std::string> Keys;
  };

  /// Offset of the token of the current event: between it and the token of the
  /// event before stand only white space, ',' and ':'.
  std::size_t takeTokenStart() {
    std::size_t Start = Previous;
    while (Start < Text.size() && std::string_view(" \t\r\n,:").find(Text[Start]) != Text.npos)
      ++Start;
    // After a number the lexer has read one character more, a separator or the
    // end of the container; neither starts a token that is looked for.
    Previous = static_cast<std::size_t>(Read - Text.data());
    return Start;
  }

  JsonNode &newNode(JsonNode::Kind K) {
    JsonNode *Node = &Root;
    if (!Stack.empty()) {
      JsonNode &Parent = *Stack.back().Node;
      Node = &Parent.Children.emplace_back();
      if (Parent.K == JsonNode::Kind::Object) {
        Node->Key = std::move(NextKey);
        Node->KeyOffset = NextKeyOffset;
      }
    }
    Node->K = K;
    Node->Offset = static_cast<std::uint32_t>(takeTokenStart());
    return *Node;
  }

  bool open(JsonNode::Kind K) {
    JsonNode &Node = newNode(K);
    if (Stack.size() == MaxDepth)
      return fail(Node.Offset, "nested deeper than " + std::to_string(MaxDepth) + " levels");
    Stack.push_back({&Node, {}});
    return true;
  }

  bool close() {
    takeTokenStart();
    Stack.pop_back();
    return true;
  }

  /// The innermost open container: each is the last child of the one before.
  std::string currentPointer() const {
    std::string Pointer;
    for (std::size_t I = 1; I < Stack.size(); ++I) {
      const JsonNode &Parent = *Stack[I - 1].Node;
      appendStep(Pointer, Parent.K == JsonNode::Kind::Object
                              ? Stack[I].Node->Key
                              : std::to_string(Parent.Children.size() - 1));
    }
    return Pointer;
  }

  bool fail(std::size_t Offset, std::string Message) {
    Error = {std::min(Offset, Text.size()), currentPointer(), std::move(Message)};
    return false;
  }

  const std::string_view Text;
  const char *Read;
  std::size_t Previous = 0; ///< end of the last event's token
  JsonNode Root;
  std::vector<Open> Stack;
  std::string NextKey;
  std::uint32_t NextKeyOffset = 0;
  JsonError &Error;
};

bool TreeBuilder::key(std::string &Key) {
  NextKeyOffset = static_cast<std::uint32_t>(takeTokenStart());
  if (!Stack.back().Keys.insert(Key).second) {
    fail(NextKeyOffset, "the key " + inQuotes(Key) + " stands twice in this object");
    appendStep(Error.Pointer, Key);
    return false;
  }
  NextKey = std::move(Key);
  return true;
}

/// How far before the end of what was read the error is shown: a token that is
/// whole, but not allowed there, at its start; else the last character.
std::size_t lengthToShow(std::string_view Message, std::string_view LastToken) {
  const auto isUnexpected = [&](std::string_view Token) {
    return Message.find("unexpected " + std::string(Token) + " literal") != Message.npos;
  };
  if (isUnexpected("string") || isUnexpected("number"))
    return LastToken.size();
  if (isUnexpected("false"))
    return 5;
  return isUnexpected("true") || isUnexpected("null") ? 4 : 1;
}

bool TreeBuilder::parse_error(std::size_t CharactersRead, const std::string &LastToken,
                              const nlohmann::json::exception &Exception) {
  // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error ..."
  std::string Message = Exception.what();
  if (const std::size_t End = Message.find("] "); End != std::string::npos)
    Message.erase(0, End + 2);
  if (Message.starts_with("parse error at line "))
    Message.erase(0, std::min(Message.size(), Message.find(": ") + 2));

  if (Message.starts_with("number overflow"))
    return fail(CharactersRead - std::min(LastToken.size(), CharactersRead),
                "the number " + inQuotes(LastToken) + " is too large");

  // The lexer repeats what it read of the token that it choked on: the place
  // tells as much, and it may not be UTF-8.
  const std::string LastRead = "; last read: '" + LastToken + "'";
  if (const std::size_t Excerpt = Message.find(LastRead); Excerpt != std::string::npos)
    Message.erase(Excerpt, LastRead.size());
  return fail(CharactersRead - std::min(lengthToShow(Message, LastToken), CharactersRead),
              std::move(Message));
}

} // namespace

const JsonNode *JsonNode::member(std::string_view Key) const {
  if (K != Kind::Object)
    return nullptr;
  for (const JsonNode &Child : Children)
    if (Child.Key == Key)
      return &Child;
  return nullptr;
}

std::string_view kindName(JsonNode::Kind K) {
  switch (K) {
  case JsonNode::Kind::Null:
    return "null";
  case JsonNode::Kind::Boolean:
    return "a boolean";
  case JsonNode::Kind::Integer:
    return "an integer";
  case JsonNode::Kind::Number:
    return "a number";
  case JsonNode::Kind::String:
    return "a string";
  case JsonNode::Kind::Array:
    return "an array";
  case JsonNode::Kind::Object:
    break;
  }
  return "an object";
}

std::optional<JsonNode> parseJson(std::string_view Text, JsonError &Error) {
  if (Text.find_first_not_of(" \t\r\n") == Text.npos) {
    Error = {0, "", "the file is empty"};
    return std::nullopt;
  }
  // The lexer takes a NUL for the end of its input.
  if (const std::size_t Nul = Text.find('\0'); Nul != Text.npos) {
    Error = {Nul, "", "a NUL character: this is not JSON text"};
    return std::nullopt;
  }
  TreeBuilder Builder(Text, Error);
  if (!Builder.parse())
    return std::nullopt;
  return Builder.takeRoot();
}

static bool findStep(const JsonNode &From, const JsonNode &Node, std::string &Pointer) {
  if (&From == &Node)
    return true;
  const std::size_t Length = Pointer.size();
  for (std::size_t I = 0; I < From.Children.size(); ++I) {
    const JsonNode &Child = From.Children[I];
    appendStep(Pointer, From.K == JsonNode::Kind::Object ? Child.Key : std::to_string(I));
    if (findStep(Child, Node, Pointer))
      return true;
    Pointer.resize(Length);
  }
  return false;
}

std::string pointerTo(const JsonNode &Root, const JsonNode &Node) {
  std::string Pointer;
  findStep(Root, Node, Pointer);
  return Pointer;
}

std::string inQuotes(std::string_view Text) {
  std::string Quoted = "'";
  for (const char C : Text.substr(0, MaxQuoted)) {
    const auto Byte = static_cast<unsigned char>(C);
    Quoted += Byte < 0x20 || Byte == 0x7f ? '?' : C;
  }
  if (Text.size() > MaxQuoted) {
    // Not half a UTF-8 sequence.
    while ((static_cast<unsigned char>(Text[Quoted.size() - 1]) & 0xC0) == 0x80)
      Quoted.pop_back();
    Quoted += "...";
  }
  return Quoted + "'";
}

LineTable::LineTable(std::string_view Text) : LineStarts{0} {
  for (std::size_t I = 0; I < Text.size(); ++I)
    if (Text[I] == '\n')
      LineStarts.push_back(I + 1);
}

LineTable::Place LineTable::place(std::size_t Offset) const {
  const auto Next = std::upper_bound(LineStarts.begin(), LineStarts.end(), Offset);
  return {static_cast<unsigned>(Next - LineStarts.begin()),
          static_cast<unsigned>(Offset - *std::prev(Next)) + 1};
}

} // namespace nettune::model
