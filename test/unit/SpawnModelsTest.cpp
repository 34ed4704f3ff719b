//===- SpawnModelsTest.cpp - Which calls start tasks and end them ---------===//
// What the models say about thread pools, executors and their like: which
// argument is the task, which object runs it, what waits for it. On the small
// mocks of test/Inputs; no analysis of tasks here.
//===----------------------------------------------------------------------===//
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

using namespace threadlint;
using namespace clang;

namespace {

std::string position(int8_t Arg) {
  switch (Arg) {
  case ArgNone:
    return "-";
  case ArgThis:
    return "this";
  case ArgLast:
    return "last";
  case ArgAll:
    return "all";
  case ArgFirstCallable:
    return "callable";
  default:
    return std::to_string(Arg);
  }
}

const char *name(TaskEnd Ends) {
  switch (Ends) {
  case TaskEnd::Unknown:
    return "unknown";
  case TaskEnd::Join:
    return "join";
  case TaskEnd::Destructor:
    return "destructor";
  case TaskEnd::FutureDestructor:
    return "future-destructor";
  case TaskEnd::Detached:
    return "detached";
  case TaskEnd::Pool:
    return "pool";
  }
  return "?";
}

std::string describe(const FunctionModel *M) {
  if (!M)
    return "unknown call";
  switch (M->Does) {
  case Effect::Spawn:
    return "spawn " + position(M->Callable) + " on " + position(M->Object) +
           ", " + name(M->Ends);
  case Effect::RunNow:
    return "run " + position(M->Callable) +
           (M->Blocks == Category::None ? "" : " and wait");
  case Effect::Join:
    return "join " + position(M->Object);
  case Effect::FutureWait:
    return "future-wait " + position(M->Object);
  case Effect::Detach:
    return "detach " + position(M->Object);
  case Effect::NoReturn:
    return "no-return";
  case Effect::PromiseSet:
    return "promise-set " + position(M->Object);
  case Effect::Block:
    return "block";
  default:
    return "other";
  }
}

/// Describes the calls that are statements of `f` or initialise its variables.
struct Describer : RecursiveASTVisitor<Describer> {
  explicit Describer(const Models &M) : M(M) {}
  bool VisitExpr(Expr *E) {
    if (!isa<CallExpr>(E) && !isa<CXXConstructExpr>(E))
      return true;
    const FunctionModel *Model = M.function(namedCallee(E), writtenArgs(E));
    if (Model && Model->Does != Effect::Inert)
      Text += (Text.empty() ? "" : "; ") + describe(Model);
    return true;
  }
  const Models &M;
  std::string Text;
};

/// What \p Statements do, with \p Header and these parameters in scope.
std::string tasks(const std::string &Header, const std::string &Parameters,
                  const std::string &Statements, bool IsC = false) {
  std::string Code =
      Header + "\nvoid f(" + Parameters + ") {\n" + Statements + "\n}\n";
  std::vector<std::string> Args = {
      IsC ? "-std=c17" : "-std=c++20", "-Wno-everything", "-D_GNU_SOURCE",
      "-isystem", THREADLINT_SOURCE_DIR "/test/Inputs"};
#ifdef THREADLINT_RESOURCE_DIR
  Args.push_back("-resource-dir=" THREADLINT_RESOURCE_DIR);
#endif
  auto AST = tooling::buildASTFromCodeWithArgs(Code, Args,
                                               IsC ? "input.c" : "input.cc");
  if (!AST || AST->getDiagnostics().hasErrorOccurred())
    return "does not parse";
  auto Set = ModelSet::create({}, {});
  if (!Set)
    return "no models";
  Models M(*Set);
  Describer D(M);
  for (Decl *Top : AST->getASTContext().getTranslationUnitDecl()->decls())
    if (auto *F = dyn_cast<FunctionDecl>(Top))
      if (F->getIdentifier() && F->getName() == "f")
        D.TraverseStmt(F->getBody());
  return D.Text;
}

} // namespace

static std::string boost(const std::string &Statements) {
  return tasks("#include \"boost.h\"\nusing namespace boost;",
               "asio::io_context &io, asio::thread_pool &pool, "
               "asio::strand<int> &strand, asio::steady_timer &timer, "
               "asio::ip::tcp::socket &s, thread_group &group, "
               "basic_thread_pool &old, thread &t, thread *p, "
               "asio::io_context::strand &ios",
               Statements);
}

TEST(SpawnModels, AsioContexts) {
  EXPECT_EQ(boost("asio::post(pool, [] {});"), "spawn 1 on 0, pool");
  EXPECT_EQ(boost("asio::dispatch(io, [] {});"), "spawn 1 on 0, pool");
  EXPECT_EQ(boost("io.post([] {});"), "spawn 0 on this, pool");
  EXPECT_EQ(boost("asio::co_spawn(io, [] {}, 0);"), "spawn 1 on 0, pool");
  EXPECT_EQ(boost("io.run();"), "join this");
  EXPECT_EQ(boost("io.run_for(1);"), "join this");
  EXPECT_EQ(boost("pool.join();"), "join this");
}

TEST(SpawnModels, AsioWithoutAContextInSight) {
  EXPECT_EQ(boost("asio::post(strand, [] {});"), "spawn 1 on -, pool");
  EXPECT_EQ(boost("asio::post([] {});"), "spawn 0 on -, pool");
  EXPECT_EQ(boost("strand.execute([] {});"), "spawn 0 on -, pool");
  EXPECT_EQ(boost("ios.post([] {});"), "spawn 0 on -, pool");
  EXPECT_EQ(boost("io.get_executor().execute([] {});"), "spawn 0 on -, pool");
  EXPECT_EQ(boost("timer.async_wait([](int) {});"), "spawn last on -, pool");
  EXPECT_EQ(boost("asio::async_read(s, 1, [](int, int) {});"),
            "spawn last on -, pool");
}

TEST(SpawnModels, BoostThreads) {
  EXPECT_EQ(boost("thread x([] {});"), "spawn 0 on this, join");
  EXPECT_EQ(boost("strict_scoped_thread x([] {});"),
            "spawn 0 on this, destructor");
  EXPECT_EQ(boost("strict_scoped_thread x(static_cast<thread &&>(t));"), "")
      << "the thread runs already";
  EXPECT_EQ(boost("group.create_thread([] {});"), "spawn 0 on this, join");
  EXPECT_EQ(boost("group.join_all();"), "join this");
  EXPECT_EQ(boost("old.submit([] {});"), "spawn 0 on this, pool");
  EXPECT_EQ(boost("old.join();"), "join this");
  EXPECT_EQ(boost("async([] {});"), "spawn 0 on -, future-destructor");
  EXPECT_EQ(boost("async(old, [] {});"), "spawn 1 on 0, pool");
}

TEST(SpawnModels, Tbb) {
  auto Tbb = [](const std::string &Statements) {
    return tasks("#include \"tbb.h\"",
                 "tbb::task_group &group, tbb::task_arena &arena, int *a",
                 Statements);
  };
  EXPECT_EQ(Tbb("group.run([] {});"), "spawn 0 on this, pool");
  EXPECT_EQ(Tbb("group.wait();"), "join this");
  EXPECT_EQ(Tbb("group.run_and_wait([] {});"), "join this");
  EXPECT_EQ(Tbb("arena.enqueue([] {});"), "spawn 0 on -, pool");
  EXPECT_EQ(Tbb("arena.execute([] {});"), "run 0");
  EXPECT_EQ(Tbb("tbb::parallel_for(tbb::blocked_range<int>(0, 1), 1);"),
            "run callable and wait");
  EXPECT_EQ(Tbb("tbb::parallel_for(tbb::blocked_range<int>(0, 1), 1, "
                "tbb::simple_partitioner());"),
            "run callable and wait");
  EXPECT_EQ(Tbb("tbb::parallel_for(0, 1, 1);"), "run callable and wait");
  EXPECT_EQ(Tbb("tbb::parallel_for(0, 1, 1, 1);"), "run callable and wait");
  EXPECT_EQ(Tbb("tbb::parallel_for_each(a, 1);"), "run callable and wait");
  EXPECT_EQ(Tbb("tbb::parallel_for_each(a, a, 1);"), "run callable and wait");
  EXPECT_EQ(Tbb("tbb::parallel_invoke([] {}, [] {});"),
            "run callable and wait");
}

TEST(SpawnModels, Qt) {
  auto Qt = [](const std::string &Statements) {
    return tasks("#include \"qt.h\"",
                 "QThreadPool &pool, QThread &t, QFuture<int> &f, int &list",
                 Statements);
  };
  EXPECT_EQ(Qt("QThread::create([] {});"), "spawn 0 on -, join");
  EXPECT_EQ(Qt("t.start();"), "spawn this on this, join");
  EXPECT_EQ(Qt("t.wait();"), "join this");
  EXPECT_EQ(Qt("pool.start([] {}); pool.tryStart([] {});"),
            "spawn 0 on this, pool; spawn 0 on this, pool");
  EXPECT_EQ(Qt("pool.waitForDone();"), "join this");
  EXPECT_EQ(Qt("QtConcurrent::run([] {});"), "spawn 0 on -, pool");
  EXPECT_EQ(Qt("QtConcurrent::run(&pool, [] {});"), "spawn 1 on 0, pool");
  EXPECT_EQ(Qt("QtConcurrent::map(list, [](int) {});"), "spawn last on -, pool");
  EXPECT_EQ(Qt("QtConcurrent::mapped(&pool, list, [](int) {});"),
            "spawn last on 0, pool");
  EXPECT_EQ(Qt("QtConcurrent::blockingMap(list, [](int) {});"),
            "run last and wait");
  EXPECT_EQ(Qt("f.waitForFinished();"), "future-wait this");
}

TEST(SpawnModels, Folly) {
  auto Folly = [](const std::string &Statements) {
    return tasks("#include \"folly.h\"",
                 "folly::CPUThreadPoolExecutor &pool, folly::Executor &any, "
                 "folly::InlineExecutor &now, folly::EventBase &loop",
                 Statements);
  };
  EXPECT_EQ(Folly("pool.add([] {});"), "spawn 0 on this, pool");
  EXPECT_EQ(Folly("any.add([] {});"), "spawn 0 on this, pool");
  EXPECT_EQ(Folly("now.add([] {});"), "run 0");
  EXPECT_EQ(Folly("pool.join();"), "join this");
  EXPECT_EQ(Folly("loop.runInEventBaseThreadAndWait([] {});"),
            "run 0 and wait");
  EXPECT_EQ(Folly("folly::via(&pool, [] {});"), "spawn 1 on -, pool");
}

TEST(SpawnModels, GrpcStubsByTheirSignature) {
  auto Grpc = [](const std::string &Statements) {
    return tasks("#include \"grpc.h\"",
                 "Greeter::Stub &stub, grpc::ClientContext &c, int *n",
                 Statements);
  };
  EXPECT_EQ(Grpc("stub.async()->SayHello(&c, n, n, [](grpc::Status) {});"),
            "spawn callable on -, pool");
  EXPECT_EQ(Grpc("stub.async()->SayHello(&c, n, n);"), "");
  EXPECT_EQ(Grpc("stub.SayHello(&c, *n, n);"), "block");
}

TEST(SpawnModels, PoolLibraries) {
  auto Bs = [](const std::string &Statements) {
    return tasks("#include \"bs-thread-pool.h\"", "BS::thread_pool &pool",
                 Statements);
  };
  EXPECT_EQ(Bs("pool.detach_task([] {});"), "spawn 0 on this, pool");
  EXPECT_EQ(Bs("pool.push_task([](int) {}, 1);"), "spawn 0 on this, pool");
  EXPECT_EQ(Bs("pool.detach_loop(0, 9, [](int) {});"),
            "spawn callable on this, pool");
  EXPECT_EQ(Bs("pool.parallelize_loop(9, [](int, int) {});"),
            "spawn callable on this, pool");
  EXPECT_EQ(Bs("pool.wait();"), "join this");
  EXPECT_EQ(tasks("#include \"ctpl.h\"", "ctpl::thread_pool &pool",
                  "pool.push([](int) {}); pool.stop();"),
            "spawn 0 on this, pool; join this");
  EXPECT_EQ(tasks("#include \"taskflow.h\"", "tf::Executor &e, tf::Taskflow &t",
                  "e.async([] {}); e.run(t); e.wait_for_all();"),
            "spawn last on this, pool; spawn - on this, pool; join this");
  EXPECT_EQ(tasks("#include \"poco.h\"",
                  "Poco::Thread &t, Poco::ThreadPool &p, Poco::Runnable &r, "
                  "Poco::TaskManager &m, Poco::Task *task",
                  "t.startFunc([] {}); p.start(r); m.start(task); m.joinAll();"),
            "spawn 0 on this, join; spawn 0 on this, pool; "
            "spawn 0 on this, join; join this");
}

TEST(SpawnModels, PackagedTask) {
  EXPECT_EQ(tasks("#include <future>", "std::packaged_task<int()> &task",
                  "task();"),
            "promise-set this");
}

TEST(SpawnModels, InC) {
  EXPECT_EQ(tasks("#include <pthread.h>\nvoid *run(void *);", "pthread_t t",
                  "pthread_create(&t, 0, run, 0); pthread_join(t, 0); "
                  "pthread_detach(t); pthread_exit(0);",
                  true),
            "spawn 2 on 0, join; join 0; detach 0; no-return");
  EXPECT_EQ(tasks("#include <threads.h>\nint run(void *);", "thrd_t t",
                  "thrd_create(&t, run, 0); thrd_join(t, 0); thrd_detach(t); "
                  "thrd_exit(0);",
                  true),
            "spawn 1 on 0, join; join 0; detach 0; no-return");
  EXPECT_EQ(tasks("#include \"glib.h\"\nvoid *run(void *);", "void",
                  "g_thread_join(g_thread_new(\"t\", run, 0)); "
                  "g_thread_exit(0);",
                  true),
            "join 0; spawn 1 on -, join; no-return");
  EXPECT_EQ(tasks("#include \"glib.h\"\nvoid run(void *, void *);",
                  "GThreadPool *p, void *item",
                  "p = g_thread_pool_new(run, 0, 1, 1, 0); "
                  "g_thread_pool_push(p, item, 0); g_thread_pool_free(p, 0, 1);",
                  true),
            "spawn 0 on -, pool; spawn - on 0, pool; join 0");
  EXPECT_EQ(tasks("#include \"libdispatch.h\"\nvoid run(void *);",
                  "dispatch_queue_t q, dispatch_group_t g",
                  "dispatch_async_f(q, 0, run); dispatch_sync_f(q, 0, run); "
                  "dispatch_group_async_f(g, q, 0, run); "
                  "dispatch_group_wait(g, DISPATCH_TIME_FOREVER);",
                  true),
            "spawn 2 on -, pool; run 2 and wait; spawn 3 on 0, join; join 0");
  EXPECT_EQ(tasks("#include \"win32.h\"\nDWORD run(void *);", "HANDLE h",
                  "h = CreateThread(0, 0, run, 0, 0, 0); "
                  "WaitForSingleObject(h, INFINITE); "
                  "QueueUserWorkItem(run, 0, 0);"),
            "spawn 2 on -, join; join 0; spawn 0 on -, pool");
}
