//===- EarlyStartsTest.cpp - Tests of analysis/EarlyStarts ----------------===//
// Which threads start too early, and for which members, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "analysis/EarlyStarts.h"
#include "PrecompiledHeaders.h"
#include "clang/AST/DeclCXX.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once("#include <queue>\n#include <thread>\n"
                                       "#include <mutex>\n");
  return Once;
}

/// "kind: members" of each start in a class C with these members.
std::string starts(const std::string &Members, const std::string &After = "") {
  Analysis A("class C {\n" + Members + "\n};\n" + After, headers().options());
  static const char *const Kinds[] = {"later", "set", "virtual", "destroyed"};
  std::string Result;
  for (const EarlyStart &S : earlyStarts(A.unit())) {
    Result += (Result.empty() ? "" : " ") +
              std::string(Kinds[static_cast<unsigned>(S.How)]) + ":";
    for (const LateMember &L : S.Members)
      Result += " " + L.Field->getNameAsString();
  }
  return Result;
}

} // namespace

TEST(EarlyStarts, MembersBehindTheThread) {
  EXPECT_EQ(starts("public: C() : t([this] { q.push(1); }) {} ~C() { t.join(); }"
                   "std::thread t; std::queue<int> q;"),
            "later: q");
  EXPECT_EQ(starts("public: C() : t([this] { q.push(1); }) {} ~C() { t.join(); }"
                   "std::queue<int> q; std::thread t;"),
            "");
  EXPECT_EQ(starts("public: C() : t([] {}) {} ~C() { t.join(); }"
                   "std::thread t; std::queue<int> q;"),
            "");
}

TEST(EarlyStarts, SetInTheBody) {
  EXPECT_EQ(starts("public: C() { t = std::thread([this] { p->push(1); });"
                   "p = new std::queue<int>; } ~C() { t.join(); }"
                   "std::queue<int> *p = nullptr; std::thread t;"),
            "set: p");
}

TEST(EarlyStarts, InitialisersInTheClass) {
  const std::string Thread = "std::thread t{[this] { q.push(1); }};";
  EXPECT_EQ(starts(Thread + "std::queue<int> q; public: ~C() { t.join(); }"),
            "later: q");
  EXPECT_EQ(starts("std::queue<int> q;" + Thread + "public: ~C() { t.join(); }"),
            "");
  // A constructor that is seen, or made where an object is: once.
  EXPECT_EQ(starts(Thread + "std::queue<int> q; public: C() {}"
                            "~C() { t.join(); }"),
            "later: q");
  EXPECT_EQ(starts(Thread + "std::queue<int> q; public: ~C() { t.join(); }",
                   "C object;"),
            "later: q");
}

TEST(EarlyStarts, VirtualFunctions) {
  EXPECT_EQ(starts("public: C() : t([this] { run(); }) {} ~C() { t.join(); }"
                   "virtual void run() = 0; std::thread t;"),
            "virtual:");
}

TEST(EarlyStarts, DestroyedBeforeTheThreadEnds) {
  EXPECT_EQ(starts("public: void start() { t = std::jthread([this] {"
                   "q.push(1); }); } std::jthread t; std::queue<int> q;"),
            "destroyed: q");
  EXPECT_EQ(starts("public: void start() { t = std::jthread([this] {"
                   "q.push(1); }); } std::queue<int> q; std::jthread t;"),
            "");
}
