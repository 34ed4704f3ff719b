//===- ModelsTest.cpp - Declarations matched to models -----------*- C++
//-*-===//
// Small programs, parsed with the real headers where they are installed: what
// each call in them is, and which look-alikes are left alone.
//===----------------------------------------------------------------------===//
#include "analysis/Models.h"
#include "analysis/LLVMCompat.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

using namespace threadlint;
using namespace clang;
using llvm::StringRef;

namespace {

/// Collects the model of every call, construction and destructor call in the
/// function `f`, in source order.
class Collector : public RecursiveASTVisitor<Collector> {
public:
  Collector(const Models &M) : M(M) {}
  bool shouldTraversePostOrder() const { return true; }

  bool VisitCallExpr(CallExpr *E) {
    unsigned Written = 0;
    for (const Expr *Argument : E->arguments())
      Written += !isa<CXXDefaultArgExpr>(Argument);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
    if (Operator && isa_and_nonnull<CXXMethodDecl>(E->getDirectCallee()))
      --Written;
    const FunctionModel *Model = M.function(E->getDirectCallee(), Written);
    const Expr *Object = nullptr;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
      Object = Member->getImplicitObjectArgument();
    else if (Model && Model->Object >= 0 &&
             static_cast<unsigned>(Model->Object) < E->getNumArgs())
      Object = E->getArg(Model->Object);
    else if (Operator)
      Object = E->getArg(0);
    add(Model, Object);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    unsigned Written = 0;
    for (const Expr *Argument : E->arguments())
      Written += !isa<CXXDefaultArgExpr>(Argument);
    add(M.function(E->getConstructor(), Written), nullptr);
    return true;
  }

  std::vector<const FunctionModel *> Found;
  std::vector<Category> Why;

private:
  void add(const FunctionModel *Model, const Expr *Object) {
    if (!Model)
      return;
    Found.push_back(Model);
    Why.push_back(Models::category(*Model, Object));
  }
  const Models &M;
};

struct Parsed {
  std::unique_ptr<ASTUnit> AST;
  std::unique_ptr<Models> M;
  std::vector<const FunctionModel *> Found;
  std::vector<Category> Why;

  std::string names() const {
    std::string Result;
    for (const FunctionModel *F : Found)
      Result += (Result.empty() ? "" : " ") + std::string(F->Name);
    return Result;
  }
  const NamedDecl *lookUp(StringRef Name) const {
    for (Decl *D : AST->getASTContext().getTranslationUnitDecl()->decls())
      if (auto *Named = dyn_cast<NamedDecl>(D))
        if (Named->getIdentifier() && Named->getName() == Name)
          return Named;
    return nullptr;
  }
  const TypeModel *typeOf(StringRef Variable) const {
    const auto *V = dyn_cast_or_null<ValueDecl>(lookUp(Variable));
    return V ? M->type(V->getType()) : nullptr;
  }
};

Parsed parse(StringRef Code, StringRef File = "input.cc",
             std::vector<std::string> BlockingFunctions = {},
             std::vector<std::string> Args = {}) {
  Parsed P;
  auto Set = ModelSet::create({}, BlockingFunctions);
  EXPECT_TRUE(static_cast<bool>(Set));
  P.M = std::make_unique<Models>(*Set);
  if (Args.empty())
    Args = {File.substr(File.size() - 2) == ".c" ? "-std=c17" : "-std=c++20"};
  Args.push_back("-D_GNU_SOURCE");
#ifdef THREADLINT_RESOURCE_DIR
  Args.push_back("-resource-dir=" THREADLINT_RESOURCE_DIR);
#endif
  P.AST = tooling::buildASTFromCodeWithArgs(Code, Args, File);
  EXPECT_TRUE(P.AST);
  EXPECT_FALSE(P.AST->getDiagnostics().hasErrorOccurred());
  Collector C(*P.M);
  for (Decl *D : P.AST->getASTContext().getTranslationUnitDecl()->decls())
    if (auto *F = dyn_cast<FunctionDecl>(D))
      if (F->getIdentifier() && F->getName() == "f" && F->hasBody())
        C.TraverseStmt(F->getBody());
  P.Found = C.Found;
  P.Why = C.Why;
  return P;
}

} // namespace

TEST(Models, SystemCallsAndLookAlikes) {
  auto P = parse(R"(
    #include <unistd.h>
    #include <sys/socket.h>
    struct Widget { void connect(); void unlink(const char *); };
    namespace app { void fsync(int); }
    static void system(const char *) {}
    namespace { void sleep(double) {} }
    void f(Widget &w) {
      w.connect(); w.unlink("a"); app::fsync(1); sleep(1.0);
      ::fsync(3); ::connect(3, nullptr, 0); ::unlink("a");
    })");
  EXPECT_EQ(P.names(), "fsync connect unlink");
}

/// The declarations as a system header's, then the code.
static std::string withSystemHeader(const std::string &Declarations,
                                    const std::string &Code) {
  return "# 1 \"/usr/include/unistd.h\" 1 3\n" + Declarations +
         "\n# 2 \"input\" 2\n" + Code;
}

TEST(Models, SystemFunctionNeedsASystemHeader) {
  EXPECT_EQ(parse(withSystemHeader("int fsync(int);",
                                   "void f(void) { fsync(1); }"),
                  "x.c")
                .names(),
            "fsync");
  EXPECT_EQ(parse(withSystemHeader(
                      "int fsync(int);",
                      "void f(void) { extern int fsync(int); fsync(1); }"),
                  "x.c")
                .names(),
            "fsync");
  EXPECT_EQ(parse("int fsync(int);\nvoid f(void) { fsync(1); }", "x.c").names(),
            "")
      << "a project's own function of that name";
}

TEST(Models, CFunctionWithItsOwnBody) {
  EXPECT_EQ(parse("extern \"C\" int fsync(int) { return 0; }\n"
                  "void f() { fsync(1); }")
                .names(),
            "");
  EXPECT_EQ(parse(withSystemHeader("extern \"C\" int fsync(int);",
                                   "void f() { fsync(1); }"))
                .names(),
            "fsync");
  EXPECT_EQ(parse("int fsync(int);\nvoid f() { fsync(1); }").names(), "")
      << "C++ linkage: not the system call";
  EXPECT_EQ(parse("static int fsync(int x) { return x; }\n"
                  "void f(void) { fsync(1); }",
                  "x.c")
                .names(),
            "");
}

TEST(Models, ExternCInANamespace) {
  EXPECT_EQ(
      parse(withSystemHeader("namespace n { extern \"C\" int fsync(int); }",
                             "void f() { n::fsync(1); }"))
          .names(),
      "fsync");
}

TEST(Models, InlineNamespaces) {
  EXPECT_EQ(parse("namespace std { inline namespace __1 {\n"
                  "struct mutex { void lock(); }; } }\n"
                  "void f(std::mutex &m) { m.lock(); }")
                .names(),
            "std::mutex::lock");
}

TEST(Models, UserNamesMatchWhateverIsDeclared) {
  EXPECT_EQ(parse("namespace n { static void slow() {} }\n"
                  "struct S { void wait(int) {} };\n"
                  "void f(S s) { n::slow(); s.wait(1); }",
                  "x.cc", {"n::slow", "S::wait"})
                .names(),
            "n::slow S::wait");
}

TEST(Models, StandardLocks) {
  auto P = parse(R"(
    #include <mutex>
    #include <shared_mutex>
    std::mutex m; std::recursive_mutex r; std::timed_mutex t;
    std::shared_mutex s; std::shared_timed_mutex st;
    void f() {
      m.lock(); m.try_lock(); m.unlock(); r.lock();
      t.try_lock_for(std::chrono::seconds(1));
      s.lock(); s.lock_shared(); s.unlock_shared(); st.lock_shared();
    })");
  EXPECT_EQ(P.names(),
            "std::mutex::lock std::mutex::try_lock std::mutex::unlock "
            "std::recursive_mutex::lock std::timed_mutex::try_lock_for "
            "std::shared_mutex::lock std::shared_mutex::lock_shared "
            "std::shared_mutex::unlock_shared "
            "std::shared_timed_mutex::lock_shared");
  ASSERT_TRUE(P.typeOf("m"));
  EXPECT_FALSE(P.typeOf("m")->Recursive);
  ASSERT_TRUE(P.typeOf("r"));
  EXPECT_TRUE(P.typeOf("r")->Recursive);
  ASSERT_TRUE(P.typeOf("s"));
  EXPECT_TRUE(P.typeOf("s")->Shared);
}

TEST(Models, StandardGuards) {
  auto P = parse(R"(
    #include <mutex>
    #include <shared_mutex>
    std::mutex m;
    std::unique_lock<std::mutex> u(m, std::defer_lock);
    std::lock_guard<std::mutex> &g = *new std::lock_guard<std::mutex>(m);
    std::scoped_lock<std::mutex> sc(m);
    std::shared_lock<std::shared_mutex> sh;
    auto &tag = std::defer_lock;
    using Guard = std::unique_lock<std::mutex>;
    Guard alias;
    void f() {
      u.lock(); u.unlock(); u.owns_lock(); if (u) {} u.mutex(); u.release();
      std::lock(m, m);
    })");
  EXPECT_EQ(P.names(),
            "std::unique_lock::lock std::unique_lock::unlock "
            "std::unique_lock::owns_lock std::unique_lock::operator bool "
            "std::unique_lock::mutex std::unique_lock::release std::lock");
  for (StringRef Name : {"u", "g", "sc", "sh", "alias"}) {
    ASSERT_TRUE(P.typeOf(Name)) << Name.str();
    EXPECT_EQ(P.typeOf(Name)->Kind, TypeKind::Guard) << Name.str();
  }
  EXPECT_TRUE(P.typeOf("sc")->ManyLocks);
  EXPECT_EQ(P.typeOf("sh")->Mode, LockMode::Shared);
  ASSERT_TRUE(P.typeOf("tag"));
  EXPECT_EQ(P.typeOf("tag")->Tag, TagMeaning::Deferred);
}

TEST(Models, StandardWaits) {
  auto P = parse(R"(
    #include <condition_variable>
    #include <future>
    #include <latch>
    #include <barrier>
    #include <mutex>
    #include <semaphore>
    #include <thread>
    #include <atomic>
    std::mutex m; std::condition_variable cv; std::condition_variable_any cva;
    std::future<int> fut; std::shared_future<void> sfut;
    std::counting_semaphore<4> sem(1); std::binary_semaphore bin(1);
    std::latch l(1); std::atomic<int> a; std::atomic<bool> b;
    void f(std::unique_lock<std::mutex> &lk, std::thread &t) {
      cv.wait(lk); cva.wait(m); cv.wait_for(lk, std::chrono::seconds(1));
      fut.get(); fut.wait(); sfut.get(); sfut.wait_for(std::chrono::seconds(0));
      sem.acquire(); bin.acquire(); l.wait(); a.wait(1); b.wait(true);
      std::this_thread::sleep_for(std::chrono::seconds(1)); t.join();
    })");
  std::string Names = P.names();
  for (StringRef Name :
       {"std::condition_variable::wait ", "std::condition_variable_any::wait",
        "std::condition_variable::wait_for", "std::future::get",
        "std::__basic_future::wait ", "std::shared_future::get",
        "std::__basic_future::wait_for",
        "std::counting_semaphore::acquire "
        "std::counting_semaphore::acquire",
        "std::latch::wait", "std::this_thread::sleep_for", "std::thread::join"})
    EXPECT_NE(Names.find(Name.str()), std::string::npos)
        << Name.str() << " in " << Names;
  EXPECT_EQ(StringRef(Names).count("atomic"), 2u) << Names;
}

TEST(Models, StandardThreads) {
  auto P = parse(R"(
    #include <future>
    #include <thread>
    void work();
    void f() {
      std::thread t(work);
      std::thread moved(std::move(t));
      std::jthread j(work);
      auto a = std::async(work);
      auto b = std::async(std::launch::async, work);
    })");
  llvm::erase_if(
      P.Found, [](const FunctionModel *M) { return M->Does != Effect::Spawn; });
  ASSERT_EQ(P.Found.size(), 4u) << P.names();
  EXPECT_STREQ(P.Found[0]->Name, "std::thread::thread");
  EXPECT_EQ(P.Found[1]->Ends, TaskEnd::Destructor);
  EXPECT_EQ(P.Found[2]->Callable, 0);
  EXPECT_EQ(P.Found[3]->Callable, 1);
}

TEST(Models, Destructors) {
  auto P = parse("#include <thread>\nstd::jthread j; void f() {}");
  const auto *V = cast<ValueDecl>(P.lookUp("j"));
  const auto *R = V->getType()->getAsCXXRecordDecl();
  const FunctionModel *M = P.M->function(R->getDestructor(), 0);
  ASSERT_TRUE(M);
  EXPECT_EQ(M->Does, Effect::Join);
}

TEST(Models, Streams) {
  auto P = parse(R"(
    #include <cstdio>
    #include <fstream>
    #include <iostream>
    #include <sstream>
    #include <string>
    #include <unistd.h>
    void f(std::ofstream &file, std::ostringstream &text, std::ostream &any,
           std::FILE *c, std::string &s) {
      file << 1 << "two" << std::endl;
      text << "three"; any << "four"; std::cout << "five";
      file.write("six", 3);
      fprintf(c, "7"); fputs("8", stderr); printf("9");
      write(3, s.data(), 1); write(STDERR_FILENO, s.data(), 1);
      std::getline(std::cin, s);
    })");
  std::vector<Category> Why;
  llvm::copy_if(P.Why, std::back_inserter(Why),
                [](Category C) { return C != Category::None; });
  std::vector<Category> Expected = {
      Category::File,    // file << 1, the chain once
      Category::Logging, // std::cout
      Category::File,    // file.write
      Category::File,    Category::Logging, Category::Logging,
      Category::File,    Category::Logging, // write
      Category::File,                       // std::cin
  };
  EXPECT_EQ(Why, Expected);
}

TEST(Models, Filesystem) {
  auto P = parse(R"(
    #include <filesystem>
    void f(std::filesystem::path p, std::filesystem::file_status s) {
      (void)exists(p); (void)exists(s); remove(p);
    })");
  llvm::erase_if(
      P.Found, [](const FunctionModel *M) { return M->Does != Effect::Block; });
  EXPECT_EQ(P.names(), "std::filesystem::exists std::filesystem::remove");
}

TEST(Models, PthreadTypes) {
  for (StringRef File : {"x.c", "x.cc"}) {
    auto P = parse("#include <pthread.h>\n#include <semaphore.h>\n"
                   "typedef pthread_mutex_t my_lock;\n"
                   "pthread_mutex_t m; my_lock l; pthread_rwlock_t rw;\n"
                   "pthread_cond_t c; sem_t s; int i; struct o { int x; } o;\n"
                   "void f(void) { pthread_mutex_lock(&m); sem_wait(&s); }",
                   File);
    EXPECT_EQ(P.names(), "pthread_mutex_lock sem_wait");
    for (StringRef Name : {"m", "l", "rw"}) {
      ASSERT_TRUE(P.typeOf(Name)) << Name.str();
      EXPECT_EQ(P.typeOf(Name)->Kind, TypeKind::Lock) << Name.str();
    }
    EXPECT_TRUE(P.typeOf("rw")->Shared);
    ASSERT_TRUE(P.typeOf("s"));
    EXPECT_EQ(P.typeOf("s")->Kind, TypeKind::Semaphore);
    EXPECT_FALSE(P.typeOf("i"));
    EXPECT_FALSE(P.typeOf("o"));
  }
}

TEST(Models, C11Threads) {
  auto P = parse("#include <threads.h>\nmtx_t m; cnd_t c;\n"
                 "void f(void) { mtx_lock(&m); cnd_wait(&c, &m); }",
                 "x.c");
  EXPECT_EQ(P.names(), "mtx_lock cnd_wait");
  ASSERT_TRUE(P.typeOf("m"));
  EXPECT_EQ(P.typeOf("m")->Kind, TypeKind::Lock);
}

TEST(Models, DerivedClasses) {
  auto P = parse(R"(
    #include <mutex>
    struct Mine : std::mutex { int x; };
    struct Hidden : private std::mutex {};
    struct Device { virtual bool waitForReadyRead(int); };
    struct QIODevice { virtual bool waitForReadyRead(int); };
    struct Socket : QIODevice { bool waitForReadyRead(int) override; };
    struct Memory : QIODevice { bool waitForReadyRead(int) override { return true; } };
    Mine m; Hidden h;
    void f(Socket s, Memory mem, Device d) {
      m.lock(); s.waitForReadyRead(1); mem.waitForReadyRead(1);
      d.waitForReadyRead(1);
    })");
  EXPECT_EQ(P.names(), "std::mutex::lock QIODevice::waitForReadyRead");
  ASSERT_TRUE(P.typeOf("m"));
  EXPECT_FALSE(P.typeOf("h"));
}

TEST(Models, Annotations) {
  auto P = parse(R"(
    [[clang::annotate("threadlint::blocking")]] void slow();
    void slow() {}
    struct Spin {
      [[clang::annotate("threadlint::acquire")]] void enter();
      [[clang::annotate("threadlint::release")]] void leave();
    };
    extern "C" [[clang::annotate("threadlint::nonblocking")]] int fsync(int);
    struct [[clang::annotate("threadlint::lock")]] MyLock {};
    MyLock m;
    void f(Spin s) { slow(); s.enter(); s.leave(); fsync(1); })");
  ASSERT_EQ(P.Found.size(), 4u);
  EXPECT_EQ(P.Found[0]->Blocks, Category::Custom);
  EXPECT_EQ(P.Found[1]->Does, Effect::Acquire);
  EXPECT_EQ(P.Found[1]->Object, ArgThis);
  EXPECT_EQ(P.Found[2]->Does, Effect::Release);
  EXPECT_EQ(P.Found[3]->Does, Effect::Inert);
  ASSERT_TRUE(P.typeOf("m"));
  EXPECT_EQ(P.typeOf("m")->Kind, TypeKind::Lock);
}

#if THREADLINT_HAS_FUNCTION_EFFECTS
TEST(Models, FunctionEffects) {
  auto P = parse(R"(
    void slow() [[clang::blocking]];
    extern "C" int fsync(int) [[clang::nonblocking]];
    void f() { slow(); fsync(1); })");
  ASSERT_EQ(P.Found.size(), 2u);
  EXPECT_EQ(P.Found[0]->Blocks, Category::Custom);
  EXPECT_EQ(P.Found[1]->Does, Effect::Inert);
}
#endif

TEST(Models, ArgumentCounts) {
  auto P = parse(R"(
    struct QMutex {};
    struct QWaitCondition { bool wait(QMutex *); bool wait(QMutex *, unsigned long); };
    void f(QWaitCondition c, QMutex m) { c.wait(&m); c.wait(&m, 10); })");
  ASSERT_EQ(P.Found.size(), 2u);
  EXPECT_EQ(P.Found[0]->Timeout, ArgNone);
  EXPECT_EQ(P.Found[1]->Timeout, 1);
}

TEST(Models, Names) {
  auto P = parse(R"(
    namespace a { inline namespace v1 { template <class T> struct S {
      S(); ~S(); operator bool(); S &operator<<(int); void g(); }; } }
    a::S<int> s;
    void f() {})");
  const auto *R =
      cast<ValueDecl>(P.lookUp("s"))->getType()->getAsCXXRecordDecl();
  std::string Names;
  for (const CXXMethodDecl *Method : R->methods())
    if (!Method->isImplicit())
      Names += modelName(Method) + " ";
  EXPECT_EQ(Names, "a::S::S a::S::~S a::S::operator bool a::S::operator<< "
                   "a::S::g ");
}
