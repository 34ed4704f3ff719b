//===- SyncTypesTest.cpp - Types that must not be copied ------------------===//
// SyncTypes on the type of a variable called `v`, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "Analysis.h"
#include "analysis/SyncTypes.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const clang::VarDecl *variable(Analysis &A) {
  for (const clang::Decl *D : A.context().getTranslationUnitDecl()->decls())
    if (const auto *V = llvm::dyn_cast<clang::VarDecl>(D))
      if (V->getName() == "v")
        return V;
  ADD_FAILURE() << "no variable v";
  return nullptr;
}

/// "path:type", "none"; \p Code declares `v`.
std::string part(const std::string &Code, CopyBy How = CopyBy::CopyConstruct,
                 Options O = withPthread(),
                 std::vector<std::string> NoCopy = {}) {
  Analysis A(Code, O);
  SyncTypes Types(A.context(), A.unit().models(), std::move(NoCopy));
  const SyncPart *Part = Types.copied(variable(A)->getType(), How);
  return Part ? Part->Path + ":" + Part->Type : "none";
}

const char *const Queue = "struct Queue { int n; pthread_mutex_t lock; };";

} // namespace

TEST(SyncTypes, Primitives) {
  EXPECT_EQ(part("extern pthread_mutex_t v;"), ":pthread_mutex_t");
  EXPECT_EQ(part("extern pthread_cond_t v[3];"), ":pthread_cond_t");
  EXPECT_EQ(part("extern pthread_mutex_t *v;"), "none");
  EXPECT_EQ(part("extern std::mutex v;"), "none");
  EXPECT_EQ(part("extern int v;"), "none");
  EXPECT_EQ(part("struct v_t; extern v_t v;"), "none");
}

TEST(SyncTypes, TypedefsOfIntegersCountByName) {
  Options O = withPthread();
  O.Prelude += "typedef volatile int pthread_spinlock_t;";
  EXPECT_EQ(part("extern pthread_spinlock_t v;", CopyBy::CopyConstruct, O),
            ":pthread_spinlock_t");
  EXPECT_EQ(part("extern volatile int v;", CopyBy::CopyConstruct, O), "none");
  EXPECT_EQ(part("struct S { pthread_spinlock_t s; }; extern S v;",
                 CopyBy::CopyConstruct, O),
            "s:pthread_spinlock_t");
  EXPECT_EQ(part("struct S { volatile int s; }; extern S v;",
                 CopyBy::CopyConstruct, O),
            "none");
}

TEST(SyncTypes, Containment) {
  std::string Q = Queue;
  EXPECT_EQ(part(Q + "extern Queue v;"), "lock:pthread_mutex_t");
  EXPECT_EQ(part(Q + "struct S { Queue q[2]; }; extern S v;"),
            "q.lock:pthread_mutex_t");
  EXPECT_EQ(part(Q + "struct S : Queue {}; extern S v;"),
            "lock:pthread_mutex_t");
  EXPECT_EQ(part("struct S { union { pthread_mutex_t m; long l; }; }; extern S v;"),
            "m:pthread_mutex_t");
  EXPECT_EQ(part(Q + "struct S { Queue *q; Queue &r; }; extern S v;"), "none");
  EXPECT_EQ(part(Q + "struct S { static Queue q; }; extern S v;"), "none");
  EXPECT_EQ(part(Q + "struct S { std::shared_ptr<Queue> q; }; extern S v;"),
            "none");
  EXPECT_EQ(part(Q + "struct S { std::mutex m; Queue q; }; extern S v;"),
            "none");
}

TEST(SyncTypes, C) {
  EXPECT_EQ(part("struct q { int n; pthread_mutex_t lock; }; extern struct q v;",
                 CopyBy::CopyConstruct, inC()),
            "lock:pthread_mutex_t");
  EXPECT_EQ(part("typedef struct { struct { pthread_cond_t c; } in[4]; } q; extern q v;",
                 CopyBy::CopyConstruct, inC()),
            "in.c:pthread_cond_t");
  EXPECT_EQ(part("struct q { pthread_mutex_t *lock; }; extern struct q v;",
                 CopyBy::CopyConstruct, inC()),
            "none");
}

TEST(SyncTypes, OperationsOfTheClass) {
  std::string Lock = "pthread_mutex_t m; };";
  auto Each = [](const std::string &Code) {
    std::string Result;
    for (CopyBy How : {CopyBy::CopyConstruct, CopyBy::MoveConstruct,
                       CopyBy::CopyAssign, CopyBy::MoveAssign})
      Result += part(Code, How) == "none" ? '-' : 'x';
    return Result;
  };
  EXPECT_EQ(Each("struct S { " + Lock + " extern S v;"), "xxxx");
  EXPECT_EQ(Each("struct S { S(const S &); " + Lock + " extern S v;"), "--x-");
  EXPECT_EQ(Each("struct S { S &operator=(const S &); " + Lock + " extern S v;"),
            "x---");
  EXPECT_EQ(Each("struct S { S(S &&); " + Lock + " extern S v;"), "----");
  EXPECT_EQ(Each("struct S { S(const S &) = delete; " + Lock + " extern S v;"),
            "--x-");
  EXPECT_EQ(Each("struct S { S(const S &) = default; S(S &&) = default; " +
                 Lock + " extern S v;"),
            "x---");
  EXPECT_EQ(Each("struct S { ~S(); " + Lock + " extern S v;"), "x-x-");
  EXPECT_EQ(Each("class S { S(const S &); S &operator=(const S &); " + Lock +
                 " extern S v;"),
            "----");
}

TEST(SyncTypes, ShapesAnnotationsOptions) {
  EXPECT_EQ(part("class SpinLock { volatile int f; public: void lock(); void "
                 "unlock(); }; extern SpinLock v;"),
            ":SpinLock");
  EXPECT_EQ(part("class Door { bool f; public: void lock(); void unlock(); }; "
                 "extern Door v;"),
            "none");
  EXPECT_EQ(part("class NullMutex { public: void lock(); void unlock(); }; "
                 "extern NullMutex v;"),
            "none");
  EXPECT_EQ(part("class WaitGroup { int n; public: void Add(int); void Done(); "
                 "void Wait(); }; extern WaitGroup v;"),
            ":WaitGroup");
  EXPECT_EQ(part("class WaitGroup { int *n; public: void Add(int); void "
                 "Done(); void Wait(); }; extern WaitGroup v;"),
            "none");
  EXPECT_EQ(part("struct [[clang::annotate(\"threadlint::no-copy\")]] S { int "
                 "n; }; struct T { S s; }; extern T v;"),
            "s:S");
  EXPECT_EQ(part("namespace n { template <class T> struct S { T t; }; } "
                 "n::S<int> v;",
                 CopyBy::CopyConstruct, withPthread(), {"n::S"}),
            ":S");
}

TEST(SyncTypes, Recursion) {
  EXPECT_EQ(part("struct N { std::vector<N> kids; std::shared_ptr<N> up; }; "
                 "extern N v;"),
            "none");
}
