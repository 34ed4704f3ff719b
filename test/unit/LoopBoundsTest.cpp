//===- LoopBoundsTest.cpp - How often loops run -----------------*- C++ -*-===//
// One loop in the function f of each program, or numbers and names.
//===----------------------------------------------------------------------===//
#include "analysis/LoopBounds.h"
#include "Analysis.h"
#include "analysis/LoopInfo.h"
#include "analysis/NameWords.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

constexpr const char *Prelude = R"cpp(
template <class T> struct vec {
  vec(); vec(int n); vec(const vec &);
  T *begin() const; T *end() const; int size() const; bool empty() const;
  void push_back(const T &); void resize(int); T &operator[](int);
};
struct Item { int id; Item *next; };
struct Options { int num_threads, depth; };
int hardware_concurrency(); int number(); int accept(int);
void use(int &); void step();
enum { Few = 4 };
#define NUM_WORKERS 70
#define COUNT 70
)cpp";

/// "constant 4", "workers", "data items", …
std::string describe(const LoopBound &B) {
  std::string Of = exprName(B.Why);
  std::string Behind = Of.empty() ? "" : " " + Of;
  switch (B.Kind) {
  case BoundKind::Unknown:
    return "unknown";
  case BoundKind::Constant:
    return "constant " + std::to_string(B.Count);
  case BoundKind::Workers:
    return "workers";
  case BoundKind::Data:
    return "data" + Behind;
  case BoundKind::Input:
    return "input" + Behind;
  case BoundKind::Flag:
    return "flag";
  case BoundKind::Endless:
    return "endless";
  }
  return "";
}

/// The bound of the outermost loop in a function with this body.
std::string bound(llvm::StringRef Body,
                  llvm::StringRef Parameters = "vec<Item> &items, int n") {
  Analysis A(std::string(Prelude) + "void f(" + Parameters.str() + ") {\n" +
             Body.str() + "\n}");
  const clang::FunctionDecl *F = A.function("f");
  LoopBounds Bounds(A.context(), A.unit().models(), A.unit().functions());
  for (const clang::Stmt *S : F->getBody()->children())
    if (isLoop(*S, A.context()))
      return describe(Bounds.of(*S, *F));
  return "no loop";
}

} // namespace

TEST(LoopBounds, Constants) {
  EXPECT_EQ(bound("for (int i = 0; i < 8; ++i) step();"), "constant 8");
  EXPECT_EQ(bound("for (int i = 2; i < 8; ++i) step();"), "constant 6");
  EXPECT_EQ(bound("for (int i = 0; i < 8; i += 4) step();"), "constant 2");
  EXPECT_EQ(bound("for (int i = 8; i > 0; --i) step();"), "constant 8");
  EXPECT_EQ(bound("for (int i = 0; i != Few; i++) step();"), "constant 4");
  EXPECT_EQ(bound("for (int i = 0; COUNT > i; i++) step();"), "constant 70");
  EXPECT_EQ(bound("int k = 3; for (int i = 0; i < k; i++) step();"),
            "constant 3");
  EXPECT_EQ(bound("int k = 3; while (k--) step();"), "constant 3");
  EXPECT_EQ(bound("int a[5]; for (int x : a) step();"), "constant 5");
  EXPECT_EQ(bound("int a[5]; for (int i = 0; i < sizeof(a) / sizeof(a[0]); "
                  "++i) step();"),
            "constant 5");
  EXPECT_EQ(bound("int k = 0; do { step(); } while (++k < 9);"), "constant 9");
  EXPECT_EQ(bound("while (n > 0 && false) step();"), "constant 1");
}

TEST(LoopBounds, Workers) {
  EXPECT_EQ(bound("for (int i = 0; i < hardware_concurrency(); ++i) step();"),
            "workers");
  EXPECT_EQ(bound("int k = hardware_concurrency() - 1; if (!k) k = 1; for (int "
                  "i = 0; i < k; ++i) step();"),
            "workers");
  EXPECT_EQ(bound("for (int i = 0; i < o->num_threads; ++i) step();",
                  "Options *o"),
            "workers");
  EXPECT_EQ(bound("for (int i = 0; i < NUM_WORKERS; ++i) step();"), "workers");
  EXPECT_EQ(bound("for (int i = 0; i < nThreads; ++i) step();", "int nThreads"),
            "workers");
  EXPECT_EQ(bound("for (auto &x : workers) step();", "vec<Item> &workers"),
            "workers");
  EXPECT_EQ(bound("int k = items.size() < 4 ? items.size() : "
                  "hardware_concurrency(); for (int i = 0; i < k; ++i) step();"),
            "workers");
  EXPECT_EQ(bound("vec<int> parts; for (int i = 0; i < hardware_concurrency(); "
                  "++i) parts.push_back(i);"
                  "for (int p : parts) step();"),
            "workers");
}

TEST(LoopBounds, Data) {
  EXPECT_EQ(bound("for (auto &x : items) step();"), "data items");
  EXPECT_EQ(bound("for (int i = 0; i < items.size(); ++i) step();"),
            "data items");
  EXPECT_EQ(bound("int k = items.size(); for (int i = 0; i < k; ++i) step();"),
            "data items");
  EXPECT_EQ(bound("for (auto *p = items.begin(), *e = items.end(); p != e; ++p) "
                  "step();"),
            "data items");
  EXPECT_EQ(bound("while (!items.empty()) step();"), "data items");
  EXPECT_EQ(bound("for (Item *p = head; p; p = p->next) step();", "Item *head"),
            "data p");
  EXPECT_EQ(bound("vec<int> copy(items.size()); for (int x : copy) step();"),
            "data items");
}

TEST(LoopBounds, WithoutAnEnd) {
  EXPECT_EQ(bound("for (;;) step();"), "endless");
  EXPECT_EQ(bound("while (1) step();"), "endless");
  EXPECT_EQ(bound("int s; while ((s = accept(n)) >= 0) step();"),
            "input accept");
  EXPECT_EQ(bound("while (int s = accept(n)) step();"), "input accept");
  EXPECT_EQ(bound("while (running) step();", "bool &running"), "flag");
  EXPECT_EQ(bound("while (running || !items.empty()) step();",
                  "bool &running, vec<Item> &items"),
            "data items");
}

TEST(LoopBounds, Unknown) {
  EXPECT_EQ(bound("for (int i = 0; i < n; ++i) step();"), "unknown");
  EXPECT_EQ(bound("for (int i = 0; i < number(); ++i) step();"), "unknown");
  EXPECT_EQ(bound("int k = 3; use(k); for (int i = 0; i < k; ++i) step();"),
            "unknown");
  EXPECT_EQ(bound("while (number()) step();"), "unknown");
  EXPECT_EQ(bound("do { step(); } while (0);"), "no loop");
}

TEST(NameWords, Words) {
  auto Words = [](llvm::StringRef Name) {
    std::string Result;
    for (const std::string &Word : nameWords(Name))
      Result += (Result.empty() ? "" : " ") + Word;
    return Result;
  };
  EXPECT_EQ(Words("m_nThreads"), "m n thread");
  EXPECT_EQ(Words("NUM_THREADS"), "num thread");
  EXPECT_EQ(Words("IOThreadCount"), "io thread count");
  EXPECT_EQ(Words("maxConnections2"), "max connection");
  EXPECT_EQ(Words(""), "");
}

TEST(NameWords, Meanings) {
  for (const char *Name : {"num_threads", "nThreads", "workerCount", "poolSize",
                           "ncores", "kNumCPUs", "hardware_concurrency"})
    EXPECT_TRUE(namesWorkers(Name)) << Name;
  for (const char *Name : {"score", "", "items", "n", "records", "process"})
    EXPECT_FALSE(namesWorkers(Name)) << Name;
  EXPECT_TRUE(namesLimit("max_clients") && namesLimit("numJobs"));
  EXPECT_TRUE(namesData("nfiles") && namesData("clients_"));
  EXPECT_FALSE(namesData("args"));
  EXPECT_TRUE(namesInput("acceptConnection") && namesInput("try_pop"));
  EXPECT_TRUE(namesInput("fgets"));
}
