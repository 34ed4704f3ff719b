//===- AccessesTest.cpp - Reads and writes of shared state ----------------===//
// What accessesIn() says of one function, and which locks LockedAccesses sees
// there. Text in, text out: "x:read" with the must-held locks behind it.
//===----------------------------------------------------------------------===//
#include "Analysis.h"
#include "analysis/Accesses.h"
#include "analysis/GuardInference.h"
#include "analysis/LockedAccesses.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const char *nameOf(AccessKind K) {
  switch (K) {
  case AccessKind::Read:
    return "read";
  case AccessKind::Write:
    return "write";
  case AccessKind::ReadWrite:
    return "update";
  case AccessKind::Address:
    return "address";
  case AccessKind::Atomic:
    return "atomic";
  }
  return "?";
}

std::string joined(std::vector<std::string> Parts) {
  std::sort(Parts.begin(), Parts.end());
  std::string Result;
  for (const std::string &Part : Parts)
    Result += (Result.empty() ? "" : " ") + Part;
  return Result;
}

/// The accesses in the function `f` of \p Code, sorted.
std::string accesses(llvm::StringRef Code, Options O = {}) {
  Analysis A(Code, O);
  std::vector<std::string> Parts;
  for (const Access &One :
       accessesIn(*A.function("f"), A.paths(), A.unit().models()).All)
    Parts.push_back(One.Path->str() + ":" + nameOf(One.Kind));
  return joined(std::move(Parts));
}

/// The same with locals, elements and, behind a `*`, what pointers lead to.
std::string parts(llvm::StringRef Code, Options O = {}) {
  Analysis A(Code, O);
  std::vector<std::string> Parts;
  for (const Access &One : accessesIn(*A.function("f"), A.paths(),
                                      A.unit().models(), Detail::Parts)
                               .All)
    Parts.push_back((One.Through ? "*" : "") + One.Path->str() + ":" +
                    nameOf(One.Kind));
  return joined(std::move(Parts));
}

/// The same with the locks that are held for sure, those of all callers behind
/// a `+`.
std::string locked(llvm::StringRef Code, Options O = {}) {
  Analysis A(Code, O);
  const FunctionAccesses *F = A.unit().accesses().of(A.function("f"));
  if (!F)
    return "nothing locks";
  std::vector<std::string> Parts;
  for (const Access &One : F->Body.All) {
    std::string Part = One.Path->str() + ":" + nameOf(One.Kind);
    const LocksAt *At = LockedAccesses::at(*F, One.Where);
    Part += At ? "" : "?";
    for (const KnownLock &L : At ? At->Must : LocksAt().Must)
      Part += "," + L.Path->str();
    for (const KnownLock &L : heldByAllCallers(*F))
      Part += "+" + L.Path->str();
    Parts.push_back(Part);
  }
  return joined(std::move(Parts));
}

/// "field by lock: held/total" for each violation.
std::string violations(llvm::StringRef Code, Options O = {}) {
  Analysis A(Code, O);
  std::vector<std::string> Parts;
  for (const GuardedField &G : A.unit().guards().violations(75))
    Parts.push_back(G.FieldName + " by " + G.LockName + ": " +
                    std::to_string(G.Held) + "/" + std::to_string(G.Total));
  return joined(std::move(Parts));
}

std::string member(llvm::StringRef Body) {
  return "struct Part { int a, b; };\n"
         "template <class K, class V> struct Map {\n"
         "  using mapped_type = V; V &operator[](const K &); int find(const K &);\n"
         "  int find(const K &) const; void clear(); bool empty() const;\n"
         "};\n"
         "template <class T> struct Vec {\n"
         "  T &operator[](int); const T &operator[](int) const; void push(T);\n"
         "  T *begin(); const T *begin() const; T *end(); const T *end() const;\n"
         "};\n"
         "void take(int); void refer(int &); void look(const int &); void point(int *);\n"
         "struct C { int x, y; int array[4]; int *p; Part part; Map<int, int> map;\n"
         "  Vec<Part> vec; std::unique_ptr<Part> own; static int count; int &ref;\n"
         "  int get(); void f(C &other, Part value) {" +
         Body.str() + "} };\nint C::count;\n";
}

} // namespace

TEST(Accesses, Scalars) {
  EXPECT_EQ(accesses(member("x = y;")), "x:write y:read");
  EXPECT_EQ(accesses(member("++x; y += 2;")), "x:update y:update");
  EXPECT_EQ(accesses(member("take(x); refer(x); look(x); point(&x);")),
            "x:address x:address x:read x:read");
  EXPECT_EQ(accesses(member("count = other.x;")), "count:write other.x:read");
  EXPECT_EQ(accesses(member("array[x] = 1;")), "array:write x:read");
  EXPECT_EQ(accesses(member("(void)x; ref = 1;")), "");
}

TEST(Accesses, NotEvaluated) {
  EXPECT_EQ(accesses(member("take(sizeof(x)); (void)noexcept(++x);")), "");
  EXPECT_EQ(accesses(member("decltype(x) z = 1; (void)z;")), "");
}

TEST(Accesses, PartsOfObjects) {
  EXPECT_EQ(accesses(member("part.a = part.b;")), "part.a:write part.b:read");
  EXPECT_EQ(accesses(member("Part copy = part;")), "part:read");
  EXPECT_EQ(accesses(member("part = value;")), "part:write");
}

TEST(Accesses, Pointers) {
  EXPECT_EQ(accesses(member("*p = 1;")), "p:read");
  EXPECT_EQ(accesses(member("own->a = 1;")), "own.a:write own:read");
  EXPECT_EQ(accesses(member("own.reset();")), "own:update");
  EXPECT_EQ(accesses(member("int *q = &x; *q = 1;")), "x:address x:write");
  EXPECT_EQ(accesses(member("int &q = x; q = 1;")), "x:write");
}

TEST(Accesses, Containers) {
  EXPECT_EQ(accesses(member("map[1] = 2;")), "map:update");
  EXPECT_EQ(accesses(member("take(map[1]);")), "map:update");
  EXPECT_EQ(accesses(member("map.find(1); map.empty();")),
            "map:read map:read");
  EXPECT_EQ(accesses(member("map.clear();")), "map:update");
  EXPECT_EQ(accesses(member("take(vec[1].a);")), "vec:read vec[1].a:read");
  EXPECT_EQ(accesses(member("vec[1].a = 1;")), "vec:write vec[1].a:write");
  EXPECT_EQ(accesses(member("for (Part &e : vec) take(e.a);")),
            "vec:read vec[...].a:read");
}

TEST(Accesses, LambdasAreOtherFunctions) {
  EXPECT_EQ(accesses(member("auto l = [this] { x = 1; };")), "");
  EXPECT_EQ(accesses(member("auto l = [z = x] { return z; };")), "x:read");
}

TEST(Accesses, Parts) {
  EXPECT_EQ("x:update", parts("void f(int x) { ++x; }"));
  EXPECT_EQ("*p:write p:read", parts("void f(int *p) { *p = 1; }"));
  EXPECT_EQ("p:read p[...]:write", parts("void f(int *p) { p[0] = 1; }"));
  EXPECT_EQ("a[1]:read", parts("int f() { int a[2] = {}; return a[1]; }"));
  EXPECT_EQ("p.x:write p:read",
            parts("struct P { int x; }; void f(P *p) { p->x = 1; }"));
  EXPECT_EQ("p.x:write", parts("struct P { int x; }; void f(P &p) { p.x = 1; }"));
  EXPECT_EQ("", parts("void g(int &n) { ++n; } void f(int n) { g(n); }"));
  EXPECT_EQ("*p:write p:read", parts("void f(int *p) { delete p; }"));
}

TEST(Accesses, C) {
  EXPECT_EQ(accesses("struct s { int n; char buf[8]; };\n"
                     "void *memset(void *, int, unsigned long);\n"
                     "static int total;\n"
                     "void f(struct s *s) { s->n++; total = 1; s->buf[0] = 0; }",
                     inC()),
            "s.buf:write s.n:update total:write");
  EXPECT_EQ(accesses("static int n;\n"
                     "void f(void) { __sync_add_and_fetch(&n, 1); }",
                     inC()),
            "n:atomic");
}

static std::string guarded(llvm::StringRef Members) {
  return "class C { public:\n" + Members.str() +
         "\nprivate: std::mutex mu; int x; };";
}

TEST(LockedAccesses, Flow) {
  EXPECT_EQ(locked(guarded("void f() { x = 1; { std::lock_guard<std::mutex> "
                           "g(mu); ++x; } }")),
            "mu:update x:update,mu x:write");
  EXPECT_EQ(locked("int x; void f() { x = 1; }"), "nothing locks");
}

TEST(LockedAccesses, Callers) {
  EXPECT_EQ(locked(guarded("void a() { std::lock_guard<std::mutex> g(mu); f(); }"
                           "void b() { std::lock_guard<std::mutex> g(mu); f(); }"
                           "private: void f() { x = 1; }")),
            "x:write+mu");
  EXPECT_EQ(locked(guarded("void a() { std::lock_guard<std::mutex> g(mu); f(); }"
                           "void b() { f(); }"
                           "private: void f() { x = 1; }")),
            "x:write");
  EXPECT_EQ(locked(guarded("void a() { std::lock_guard<std::mutex> g(mu); h(); }"
                           "private: void h() { f(); } void f() { x = 1; }")),
            "x:write+mu");
}

TEST(GuardInference, Majority) {
  std::string Three = "void a() { std::lock_guard<std::mutex> g(mu); x = 1; }"
                      "void b() { std::lock_guard<std::mutex> g(mu); ++x; }"
                      "int c() { std::lock_guard<std::mutex> g(mu); return x; }";
  EXPECT_EQ(violations(guarded(Three + "int f() { return x; }")),
            "x by mu: 3/4");
  EXPECT_EQ(violations(guarded(Three)), "");
  EXPECT_EQ(violations(guarded(Three + "int f() { return x; }"
                                       "int g() { return x; }")),
            "");
}

TEST(GuardInference, OtherObject) {
  std::string Three = "void a() { std::lock_guard<std::mutex> g(mu); x = 1; }"
                      "void b() { std::lock_guard<std::mutex> g(mu); ++x; }"
                      "int c() { std::lock_guard<std::mutex> g(mu); return x; }";
  EXPECT_EQ(violations(guarded(Three + "C(const C &o) : x(o.x) {}")),
            "x by mu: 3/4");
  EXPECT_EQ(violations(guarded(Three + "C() : x(0) { x = 2; } ~C() { x = 0; }")),
            "");
}
