//===- FunctionIndexTest.cpp - The functions of user code -------*- C++ -*-===//
// Which definitions the walk hands out, what the scan of a body says, and what
// happens to functions beyond any reason. TranslationUnit's promises as well.
//===----------------------------------------------------------------------===//
#include "Analysis.h"
#include <chrono>
#include <thread>

using namespace threadlint;
using namespace threadlint::unit;

namespace {

double seconds(std::chrono::steady_clock::time_point Since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - Since)
      .count();
}

std::string repeat(llvm::StringRef Text, unsigned N) {
  std::string Result;
  for (unsigned I = 0; I < N; ++I)
    Result += Text;
  return Result;
}

} // namespace

TEST(FunctionIndex, OrderOfTheSource) {
  Analysis A(R"(
    void declared();
    void first() {}
    namespace n { void second() {} namespace { void third() {} } }
    struct S { S() {} void inside() {} void outside(); ~S() {} struct Nested { void deep() {} }; };
    void S::outside() {}
    extern "C" { void inC() {} }
    enum E { Value };
  )");
  EXPECT_EQ(A.functions(),
            "first n::second n::(anonymous namespace)::third "
            "S::S S::inside S::~S S::Nested::deep S::outside inC");
}

TEST(FunctionIndex, Lambdas) {
  Analysis A(R"(
    void f() { auto a = [] { auto b = [] {}; }; struct Local { void g() {} }; }
    auto global = [] { unknown(); };
    struct S { int n = [] { return 1; }(); };
  )");
  std::string Found = A.functions();
  unsigned Operators = 0;
  for (size_t At = Found.find("operator()"); At != std::string::npos;
       At = Found.find("operator()", At + 1))
    ++Operators;
  EXPECT_GE(Operators, 3u) << Found;
  EXPECT_NE(Found.find("Local::g"), std::string::npos) << Found;
}

TEST(FunctionIndex, TemplatesOnlyAsInstantiations) {
  Analysis A(R"(
    template <class T> void generic(T t) { t.x(); }
    template <class T> struct Store { void used() {} void unused() { T::missing(); } };
    struct X { void x() {} };
    void f(Store<int> &s) { s.used(); generic(X()); generic(X()); }
  )");
  // generic<X>, Store<int>::used, X::x, f
  EXPECT_EQ(A.unit().functions().functions().size(), 4u) << A.functions();
  for (const clang::FunctionDecl *F : A.unit().functions().functions())
    EXPECT_FALSE(F->isDependentContext());
}

TEST(FunctionIndex, ManyInstantiationsAreBounded) {
  std::string Code = "template <int N> void t() { unknown(); }\nvoid f() {\n";
  for (int I = 0; I < 100; ++I)
    Code += "t<" + std::to_string(I) + ">();\n";
  Analysis A(Code + "}\n");
  EXPECT_LE(A.unit().functions().functions().size(), 20u);
}

TEST(FunctionIndex, UserCodeOnly) {
  Options O;
  O.Prelude += R"(
    inline void library() { unknown(); }
    template <class T> void algorithm(T t) { t(); }
  )";
  Analysis A("void mine() { library(); algorithm([] {}); }", O);
  // clang's name for the lambda's class changed from "(anonymous class)".
  EXPECT_EQ(A.functions().substr(0, 13), "mine mine()::");
  EXPECT_EQ(A.unit().functions().functions().size(), 2u);
  EXPECT_FALSE(A.summary("library").Known);
}

TEST(FunctionIndex, UserCodeOnlyRealHeaders) {
  Analysis A(R"(
    #include <mutex>
    #include <string>
    #include <vector>
    void mine(std::vector<std::string> &v) { v.push_back("x"); }
  )",
             withRealHeaders());
  EXPECT_EQ(A.functions(), "mine");
}

TEST(FunctionIndex, ScanOfABody) {
  Analysis A(R"(
    std::mutex m;
    void locks() { m.lock(); }
    void guards() { std::lock_guard<std::mutex> g(m); }
    void takes(std::unique_lock<std::mutex> &l) { l.unlock(); }
    void blocks() { slow(); }
    void dies() { abort(); }
    void spins() { for (;;) {} }
    void calls() { locks(); blocks(); locks(); }
    void plain(int n) { for (int i = 0; i < n; ++i) unknown(); }
    void lambda() { auto l = [] { m.lock(); }; }
  )");
  FunctionIndex &Index = A.unit().functions();
  auto Scan = [&](const char *Name) { return *Index.scan(A.function(Name)); };
  EXPECT_TRUE(Scan("locks").Locks);
  EXPECT_FALSE(Scan("locks").Blocks);
  EXPECT_TRUE(Scan("guards").Locks);
  EXPECT_TRUE(Scan("takes").Locks);
  EXPECT_TRUE(Scan("blocks").Blocks);
  EXPECT_TRUE(Scan("dies").MayNotReturn);
  EXPECT_TRUE(Scan("spins").MayNotReturn);
  EXPECT_EQ(Scan("calls").Callees.size(), 2u) << "no repeats";
  EXPECT_FALSE(Scan("calls").Locks) << "callees' bodies are left out";
  EXPECT_FALSE(Scan("plain").Locks || Scan("plain").Blocks ||
               Scan("plain").MayNotReturn);
  EXPECT_FALSE(Scan("lambda").Locks) << "another function";
  EXPECT_TRUE(Index.mayLock(A.function("calls")));
  EXPECT_TRUE(Index.mayBlock(A.function("calls")));
  EXPECT_FALSE(Index.mayLock(A.function("plain")));
  EXPECT_FALSE(Index.mayBlock(A.function("locks")));
  EXPECT_EQ(Index.scan(A.function("unknown")), nullptr) << "no body";
  EXPECT_EQ(Index.scan(nullptr), nullptr);
}

TEST(FunctionIndex, ReachThroughCycles) {
  Analysis A(R"(
    void b(int); void a(int n) { b(n); } void b(int n) { if (n) a(n - 1); slow(); }
    void c(int n) { a(n); } void alone(int n) { alone(n); }
  )");
  FunctionIndex &Index = A.unit().functions();
  EXPECT_FALSE(Index.mayBlock(A.function("alone")));
  EXPECT_TRUE(Index.mayBlock(A.function("a")));
  EXPECT_TRUE(Index.mayBlock(A.function("b")));
  EXPECT_TRUE(Index.mayBlock(A.function("c")));
}

TEST(FunctionIndex, FiftyThousandStatements) {
  Analysis A(
      "std::mutex m; int x;\nvoid big() {\n" + repeat("x = x + 1;\n", 50000) +
      "m.lock(); point(\"p\");\n}\nvoid small() { m.lock(); point(\"q\"); }\n");
  auto Start = std::chrono::steady_clock::now();
  std::string Big = A.mustHeldAt("p");
  EXPECT_TRUE(Big == "m" || Big == "unreachable") << Big;
  EXPECT_EQ(A.mustHeldAt("q"), "m");
  EXPECT_LT(seconds(Start), 20);
}

TEST(FunctionIndex, ManyLocks) {
  Analysis A("std::mutex m; int x;\nvoid big() {\n" +
             repeat("m.lock(); x = 1; m.unlock();\n", 10000) +
             "m.lock(); point(\"p\");\n}\n");
  auto Start = std::chrono::steady_clock::now();
  EXPECT_EQ(A.mustHeldAt("p"), "m");
  EXPECT_LT(seconds(Start), 20);
}

TEST(FunctionIndex, DeepNestingIsSkipped) {
  Analysis A("std::mutex m; int x;\nvoid deep(bool c) {\n" +
             repeat("if (c) {", 1500) + "m.lock(); point(\"p\");" +
             repeat("}", 1500) +
             "}\nvoid small() { deep(true); m.lock(); point(\"q\"); }\n");
  auto Start = std::chrono::steady_clock::now();
  EXPECT_EQ(A.mustHeldAt("p"), "unreachable");
  EXPECT_EQ(A.mustHeldAt("q"), "m");
  EXPECT_TRUE(A.unit().functions().scan(A.function("deep"))->OverBudget);
  EXPECT_FALSE(A.summary("deep").Known);
  EXPECT_LT(seconds(Start), 20);
}

TEST(FunctionIndex, LongExpressions) {
  Analysis A("int f(int x) { return 0" + repeat(" + x", 1500) + "; }\n" +
             "void g(bool c) { if (c" + repeat(" && c", 600) + ") slow(); }\n");
  auto Start = std::chrono::steady_clock::now();
  EXPECT_EQ(A.unit().functions().functions().size(), 2u);
  A.summary("f");
  A.summary("g");
  EXPECT_LT(seconds(Start), 20);
}

TEST(FunctionIndex, ManyBranches) {
  Analysis A("std::mutex m;\nvoid f(int n) {\nswitch (n) {\n" + [] {
    std::string Cases;
    for (int I = 0; I < 3000; ++I)
      Cases += "case " + std::to_string(I) + ": m.lock(); m.unlock(); break;\n";
    return Cases;
  }() + "}\npoint(\"p\"); }\n");
  auto Start = std::chrono::steady_clock::now();
  EXPECT_EQ(A.mayHeldAt("p"), "");
  EXPECT_LT(seconds(Start), 20);
}

TEST(TranslationUnit, AsksOnlyForWhatIsNeeded) {
  Analysis A(R"(
    std::mutex m; void f() { m.lock(); } void g() { slow(); }
  )");
  // One function's summary needs neither the walk nor the other functions.
  EXPECT_EQ(A.summary("f").Acquires.size(), 1u);
  EXPECT_EQ(A.unit().summaries().known(A.function("g")), nullptr);
  EXPECT_EQ(A.summary("g").Blocks.size(), 1u);
}

TEST(TranslationUnit, WalkFindsWhatWasAskedForBefore) {
  Analysis A("void f() { auto l = [] { slow(); }; } void g() { f(); }");
  A.summary("f");
  EXPECT_EQ(A.unit().functions().functions().size(), 3u) << A.functions();
}

TEST(TranslationUnit, PathsAreUniqueWithinOne) {
  Analysis A("struct S { std::mutex mu_; void f() { look(\"a\", mu_); } "
             "void g() { look(\"b\", mu_); } };");
  EXPECT_EQ(A.path("a"), A.path("b"));
}

TEST(TranslationUnit, SeveralAtOnce) {
  constexpr const char *Code = R"(
    struct S { std::mutex mu_; void enter() { mu_.lock(); } };
    void f(S &s) { s.enter(); point("p"); slow(); }
    template <class T> void g(T &t) { std::lock_guard<std::mutex> l(t.mu_); point("q"); }
    void h(S &s) { g(s); }
  )";
  std::vector<std::string> Answers(8);
  std::vector<std::thread> Threads;
  for (std::string &Answer : Answers)
    Threads.emplace_back([&Answer] {
      for (int I = 0; I < 3; ++I) {
        Analysis A(Code);
        Answer = A.mustHeldAt("p") + "|" + A.mustHeldAt("q") + "|" +
                 std::to_string(A.summary("f").Blocks.size());
      }
    });
  for (std::thread &T : Threads)
    T.join();
  for (const std::string &Answer : Answers)
    EXPECT_EQ(Answer, "s.mu_|t.mu_|1");
}

TEST(TranslationUnit, OneModelSetForAllThreads) {
  auto Set = ModelSet::create({}, {});
  ASSERT_TRUE(static_cast<bool>(Set));
  std::vector<std::thread> Threads;
  std::vector<int> Locks(4);
  for (int &Count : Locks)
    Threads.emplace_back([&Count, &Set] {
      Analysis A(
          "std::mutex m; void f() { m.lock(); } void g() { m.unlock(); }");
      TranslationUnit TU(A.context(), *Set);
      for (const clang::FunctionDecl *F : TU.functions().functions())
        Count += TU.functions().mayLock(F);
    });
  for (std::thread &T : Threads)
    T.join();
  for (int Count : Locks)
    EXPECT_EQ(Count, 2);
}
