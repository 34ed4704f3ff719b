//===- LockPathTest.cpp - Names of locks ------------------------*- C++ -*-===//
// Expressions marked by look("name", e): what their path is called, and which
// paths denote the same object.
//===----------------------------------------------------------------------===//
#include "Analysis.h"

using namespace threadlint;
using namespace threadlint::unit;

#define ELEMENT "[...]"

TEST(LockPath, ThisAndMembers) {
  Analysis A(R"(
    struct Inner { std::mutex mu; };
    struct S {
      std::mutex mu_; Inner in_; Inner *ptr_; static std::mutex shared_;
      void f() {
        look("mu", mu_); look("this", this->mu_); look("star", (*this).mu_);
        look("in", in_.mu); look("ptr", ptr_->mu); look("static", shared_);
        look("object", *this); look("pointer", this);
      }
    };
  )");
  EXPECT_EQ(A.pathName("mu"), "mu_");
  EXPECT_EQ(A.path("this"), A.path("mu"));
  EXPECT_EQ(A.path("star"), A.path("mu"));
  EXPECT_EQ(A.pathName("in"), "in_.mu");
  EXPECT_EQ(A.pathName("ptr"), "ptr_.mu");
  EXPECT_EQ(A.pathName("static"), "shared_");
  EXPECT_EQ(A.path("static")->kind(), LockPath::Kind::Variable);
  EXPECT_EQ(A.path("object")->kind(), LockPath::Kind::This);
  EXPECT_EQ(A.path("pointer"), A.path("object"));
  EXPECT_EQ(A.path("in")->root(), A.path("object"));
  EXPECT_TRUE(A.path("in")->startsWith(A.path("object")));
  EXPECT_FALSE(A.path("in")->startsWith(A.path("mu")));
}

TEST(LockPath, ParametersGlobalsLocals) {
  Analysis A(R"(
    struct S { std::mutex mu_; };
    std::mutex global; namespace n { std::mutex global; }
    static S object;
    void f(std::mutex &ref, std::mutex *ptr, S &s, S *p, std::mutex &other) {
      std::mutex local; static std::mutex fixed;
      look("ref", ref); look("ptr", ptr); look("star", *ptr); look("s", s.mu_);
      look("p", p->mu_); look("pstar", (*p).mu_); look("paddr", &p->mu_);
      look("other", other);
      look("global", global); look("qualified", ::global); look("ns", n::global);
      look("object", object.mu_); look("local", local); look("fixed", fixed);
      look("address", &local);
    }
  )");
  EXPECT_EQ(A.pathName("ref"), "ref");
  EXPECT_EQ(A.path("ref")->kind(), LockPath::Kind::Parameter);
  EXPECT_EQ(A.pathName("ptr"), "ptr");
  EXPECT_EQ(A.path("star"), A.path("ptr"));
  EXPECT_EQ(A.pathName("s"), "s.mu_");
  EXPECT_EQ(A.pathName("p"), "p.mu_");
  EXPECT_EQ(A.path("pstar"), A.path("p"));
  EXPECT_EQ(A.path("paddr"), A.path("p"));
  EXPECT_NE(A.path("ref"), A.path("other"));
  EXPECT_NE(A.path("s"), A.path("p"));
  EXPECT_EQ(A.path("qualified"), A.path("global"));
  EXPECT_NE(A.path("ns"), A.path("global"));
  EXPECT_EQ(A.pathName("object"), "object.mu_");
  EXPECT_EQ(A.pathName("fixed"), "fixed");
  EXPECT_EQ(A.path("address"), A.path("local"));
}

TEST(LockPath, ParametersOfRedeclarations) {
  Analysis A(R"(
    void f(std::mutex &declared);
    void f(std::mutex &defined) { look("p", defined); }
    void g(std::mutex &m) { look("q", m); }
  )");
  EXPECT_EQ(A.pathName("p"), "defined");
  EXPECT_EQ(A.path("p"), A.paths().parameter(A.function("f"), 0));
  EXPECT_NE(A.path("p"), A.path("q"));
}

TEST(LockPath, Elements) {
  Analysis A(R"(
    std::mutex locks[4]; struct Shard { std::mutex mu; }; Shard shards[4];
    std::vector<Shard> v; int next();
    void f(int i, int j, std::mutex *p) {
      look("0", locks[0]); look("0 again", locks[0]); look("1", locks[1]);
      look("i", locks[i]); look("i again", locks[i]); look("j", locks[j]);
      look("sum", locks[i + 1]); look("sum again", locks[i + 1]);
      look("shard", shards[i].mu); look("shard again", shards[i].mu);
      look("v", v[i].mu); look("at", v.at(i).mu); look("p", p[i]);
    }
  )");
  EXPECT_EQ(A.pathName("i"), "locks" ELEMENT);
  EXPECT_EQ(A.path("0"), A.path("0 again"));
  EXPECT_NE(A.path("0"), A.path("1"));
  EXPECT_EQ(A.path("i"), A.path("i again"));
  EXPECT_NE(A.path("i"), A.path("j"));
  EXPECT_FALSE(sameObject(A.path("i"), A.path("j")));
  EXPECT_TRUE(mayBeSameObject(A.path("i"), A.path("j")));
  EXPECT_TRUE(mayBeSameObject(A.path("0"), A.path("i")));
  EXPECT_EQ(A.pathName("0"), "locks[0]");
  EXPECT_FALSE(mayBeSameObject(A.path("0"), A.path("1")));
  EXPECT_EQ(A.path("sum"), A.path("sum again"));
  EXPECT_EQ(A.pathName("shard"), "shards" ELEMENT ".mu");
  EXPECT_EQ(A.path("shard"), A.path("shard again"));
  EXPECT_EQ(A.pathName("v"), "v" ELEMENT ".mu");
  EXPECT_EQ(A.path("at"), A.path("v"));
  EXPECT_EQ(A.pathName("p"), "p" ELEMENT);
}

// A call in the index counts as pure: `locks[hash(key)]` is locked and
// unlocked.
TEST(LockPath, ElementsWithCallsAndSideEffects) {
  Analysis A(R"(
    std::mutex locks[4]; int next();
    void f(int i) { look("a", locks[next()]); look("b", locks[next()]);
                    look("c", locks[i++]); look("d", locks[i++]); }
  )");
  EXPECT_TRUE(sameObject(A.path("a"), A.path("b")));
  EXPECT_FALSE(sameObject(A.path("c"), A.path("d")));
}

TEST(LockPath, SmartPointers) {
  Analysis A(R"(
    struct S { std::mutex mu_; };
    void f(std::unique_ptr<S> &u, std::shared_ptr<std::mutex> sp, std::optional<S> &o,
           std::reference_wrapper<std::mutex> w) {
      look("arrow", u->mu_); look("star", (*u).mu_); look("get", u.get()->mu_);
      look("sp", *sp); look("sp get", sp.get());
      std::shared_ptr<std::mutex> copy = sp; look("copy", *copy);
      look("o", o->mu_); look("value", o.value().mu_); look("w", w.get());
      auto &alias = *sp; look("alias", alias);
      std::mutex *raw = sp.get(); look("raw", *raw);
    }
  )");
  EXPECT_EQ(A.pathName("arrow"), "u.mu_");
  EXPECT_EQ(A.path("star"), A.path("arrow"));
  EXPECT_EQ(A.path("get"), A.path("arrow"));
  EXPECT_EQ(A.pathName("sp"), "sp");
  EXPECT_EQ(A.path("sp get"), A.path("sp"));
  EXPECT_EQ(A.pathName("o"), "o.mu_");
  EXPECT_EQ(A.path("value"), A.path("o"));
  EXPECT_EQ(A.pathName("w"), "w");
  EXPECT_EQ(A.path("alias"), A.path("sp"));
  EXPECT_EQ(A.path("raw"), A.path("sp"));
}

TEST(LockPath, ReferencesAndPointers) {
  Analysis A(R"(
    struct S { std::mutex mu_; S *next_; };
    S global;
    void f(S &s, bool c, S *p) {
      std::mutex &ref = s.mu_; look("ref", ref); look("mu", s.mu_);
      auto *ptr = &s.mu_; look("ptr", *ptr);
      S &object = s; look("object", object.mu_);
      S *const fixed = &s; look("fixed", fixed->mu_);
      std::mutex &chain = ref; look("chain", chain);
      S *moving = &s; moving = moving->next_; look("moving", moving->mu_);
      std::mutex &either = c ? s.mu_ : p->mu_; look("either", either);
      auto &global_ref = global; look("global", global_ref.mu_);
      for (S *walk = p; walk; walk = walk->next_) look("walk", walk->mu_);
    }
  )");
  EXPECT_EQ(A.path("ref"), A.path("mu"));
  EXPECT_EQ(A.path("ptr"), A.path("mu"));
  EXPECT_EQ(A.path("object"), A.path("mu"));
  EXPECT_EQ(A.path("fixed"), A.path("mu"));
  EXPECT_EQ(A.path("chain"), A.path("mu"));
  EXPECT_EQ(A.pathName("moving"), "moving.mu_");
  EXPECT_FALSE(sameObject(A.path("moving"), A.path("mu")));
  EXPECT_TRUE(mayBeSameObject(A.path("moving"), A.path("mu")));
  EXPECT_FALSE(sameObject(A.path("either"), A.path("mu")));
  EXPECT_EQ(A.pathName("global"), "global.mu_");
  EXPECT_EQ(A.pathName("walk"), "walk.mu_");
}

TEST(LockPath, ReferenceToAGuard) {
  Analysis A(R"(
    using Lock = std::unique_lock<std::mutex>;
    void f(std::mutex &m) {
      Lock guard(m); Lock &ref = guard; Lock *ptr = &guard;
      look("guard", guard); look("ref", ref); look("ptr", *ptr);
      look("mutex", guard.mutex()); look("moved", std::move(guard));
    }
  )");
  EXPECT_EQ(A.path("ref"), A.path("guard"));
  EXPECT_EQ(A.path("ptr"), A.path("guard"));
  EXPECT_EQ(A.path("moved"), A.path("guard"));
  EXPECT_EQ(A.path("mutex"), A.paths().managed(A.path("guard")));
}

TEST(LockPath, BaseClassMembers) {
  Analysis A(R"(
    struct Base { std::mutex mu_; };
    struct Derived : Base {
      void f(Derived &d, Base &b) {
        look("mine", mu_); look("named", Base::mu_); look("cast", static_cast<Base *>(this)->mu_);
        look("d", d.mu_); look("d base", static_cast<Base &>(d).mu_); look("b", b.mu_);
      }
    };
  )");
  EXPECT_EQ(A.pathName("mine"), "mu_");
  EXPECT_EQ(A.path("named"), A.path("mine"));
  EXPECT_EQ(A.path("cast"), A.path("mine"));
  EXPECT_EQ(A.path("d base"), A.path("d"));
  EXPECT_NE(A.path("d"), A.path("mine"));
  EXPECT_TRUE(mayBeSameObject(A.path("b"), A.path("mine")));
}

TEST(LockPath, Accessors) {
  Analysis A(R"(
    struct S {
      std::mutex mu_; std::mutex shards_[4];
      std::mutex &mutex() { return mu_; }
      std::mutex *ptr() { return &mu_; }
      const S &self() const { return *this; }
      S *me() { return this; }
      std::mutex &of(S &s) { return s.mu_; }
      std::mutex &shard(int i) { return shards_[i]; }
      virtual std::mutex &dynamic() { return mu_; }
      std::mutex &both(bool c) { if (c) return mu_; return shards_[0]; }
      std::mutex &unseen();
      void f() { look("mine", mutex()); look("mu", mu_); }
    };
    std::mutex global; std::mutex &globalMutex() { return global; }
    std::mutex &instance() { static std::mutex m; return m; }
    std::mutex &unseen();
    void f(S &s, S &t, int i) {
      look("s", s.mutex()); look("s mu", s.mu_); look("ptr", *s.ptr());
      look("me", s.me()->mu_); look("chain", s.me()->mutex());
      look("of", s.of(t)); look("t mu", t.mu_);
      look("dynamic", s.dynamic()); look("both", s.both(true));
      look("global", globalMutex()); look("instance", instance()); look("instance again", instance());
      look("unseen", unseen()); look("unseen again", unseen()); look("member", s.unseen());
      look("member again", s.unseen()); look("other member", t.unseen());
    }
  )");
  EXPECT_EQ(A.path("mine"), A.path("mu"));
  EXPECT_EQ(A.path("s"), A.path("s mu"));
  EXPECT_EQ(A.path("ptr"), A.path("s mu"));
  EXPECT_EQ(A.path("me"), A.path("s mu"));
  EXPECT_EQ(A.path("chain"), A.path("s mu"));
  EXPECT_EQ(A.path("of"), A.path("t mu"));
  EXPECT_FALSE(sameObject(A.path("dynamic"), A.path("s mu")));
  EXPECT_FALSE(sameObject(A.path("both"), A.path("s mu")));
  EXPECT_EQ(A.pathName("global"), "global");
  EXPECT_EQ(A.pathName("instance"), "instance()");
  EXPECT_EQ(A.path("instance"), A.path("instance again"));
  EXPECT_EQ(A.pathName("unseen"), "unseen()");
  EXPECT_EQ(A.path("unseen"), A.path("unseen again"));
  EXPECT_EQ(A.path("member"), A.path("member again"));
  EXPECT_NE(A.path("member"), A.path("other member"));
}

TEST(LockPath, AccessorsThatNeverEnd) {
  Analysis A(R"(
    struct S { std::mutex mu_; S &next(); S &again(); std::mutex &deep() { return next().deep(); } };
    inline S &S::next() { return again(); }
    inline S &S::again() { return next(); }
    void f(S &s) { look("p", s.next().mu_); look("deep", s.deep()); }
  )");
  // No hang, and no name that is wrong.
  EXPECT_NE(A.pathName("p"), "s.mu_");
  A.path("deep");
}

TEST(LockPath, MembersBoundByTheConstructor) {
  Analysis A(R"(
    struct S { std::mutex mu_; };
    class Holder {
    public:
      explicit Holder(std::mutex &m) : m_(m) {}
      std::mutex &m_;
    };
    struct Derived : Holder { explicit Derived(S &s) : Holder(s.mu_) {} };
    void f(S &s) { Holder h(s.mu_); look("h", h.m_); look("mu", s.mu_); Derived d(s); look("d", d.m_); }
  )");
  EXPECT_EQ(A.path("h"), A.path("mu"));
  EXPECT_EQ(A.path("d"), A.path("mu"));
}

TEST(LockPath, StructuredBindingsAndUnions) {
  Analysis A(R"(
    struct Pair { std::mutex first, second; };
    struct U { union { std::mutex *mu; int *n; }; };
    void f(Pair &p, U &u) {
      auto &[a, b] = p; look("a", a); look("first", p.first); look("b", b); look("second", p.second);
      look("u", u.mu);
    }
  )");
  EXPECT_EQ(A.path("a"), A.path("first"));
  EXPECT_EQ(A.path("b"), A.path("second"));
  EXPECT_EQ(A.pathName("u"), "u.mu");
}

TEST(LockPath, LambdaCaptures) {
  Analysis A(R"(
    struct S { std::mutex mu_; void f() {
      std::mutex local; look("mu", mu_); look("local", local);
      auto a = [&] { look("captured", local); look("this", mu_); };
      auto b = [m = &local] { look("init", *m); };
      auto c = [this, self = this] { look("self", self->mu_); };
      a(); b(); c();
    } };
  )");
  EXPECT_EQ(A.path("captured"), A.path("local"));
  EXPECT_EQ(A.path("this"), A.path("mu"));
  EXPECT_EQ(A.path("init"), A.path("local"));
  EXPECT_EQ(A.path("self"), A.path("mu"));
}

TEST(LockPath, Unknown) {
  Analysis A(R"(
    struct S { std::mutex mu_; }; S &make(int); S *table(int, int);
    void f(bool c, S &s, S &t, int i) {
      look("either", (c ? s : t).mu_); look("call", make(i).mu_); look("call again", make(i).mu_);
      look("other call", make(i + 1).mu_); look("s", s.mu_); look("table", table(i, i)->mu_);
    }
  )");
  EXPECT_FALSE(sameObject(A.path("either"), A.path("s")));
  EXPECT_TRUE(mayBeSameObject(A.path("either"), A.path("s")));
  EXPECT_FALSE(sameObject(A.path("call"), A.path("other call")));
  EXPECT_TRUE(mayBeSameObject(A.path("call"), A.path("s")));
  const LockPath *Unknown = A.paths().unknown();
  EXPECT_TRUE(Unknown->isUnknown());
  EXPECT_FALSE(sameObject(Unknown, Unknown)) << "not even as itself";
  EXPECT_TRUE(mayBeSameObject(Unknown, A.path("s")));
  EXPECT_TRUE(mayBeSameObject(A.path("s"), Unknown));
}

TEST(LockPath, TwoEqualities) {
  Analysis A(R"(
    struct S { std::mutex mu_, other_; }; struct T { std::mutex mu_; }; S global;
    void f(S &a, S &b, T &t, S *p) {
      look("a", a.mu_); look("a again", a.mu_); look("b", b.mu_); look("a other", a.other_); look("t", t.mu_);
      look("global", global.mu_); look("global other", global.other_); look("p", p->mu_); look("object", a);
      std::mutex x, y; look("x", x); look("y", y);
    }
  )");
  EXPECT_TRUE(sameObject(A.path("a"), A.path("a again")));
  EXPECT_FALSE(sameObject(A.path("a"), A.path("b")));
  EXPECT_TRUE(mayBeSameObject(A.path("a"), A.path("b"))) << "class and field";
  EXPECT_FALSE(mayBeSameObject(A.path("a"), A.path("a other")));
  EXPECT_FALSE(mayBeSameObject(A.path("a"), A.path("t")));
  EXPECT_TRUE(mayBeSameObject(A.path("a"), A.path("global")));
  EXPECT_FALSE(mayBeSameObject(A.path("a"), A.path("global other")));
  EXPECT_TRUE(mayBeSameObject(A.path("p"), A.path("global")));
  EXPECT_FALSE(mayBeSameObject(A.path("x"), A.path("y")));
  EXPECT_TRUE(sameObject(A.path("object"), A.path("a")))
      << "the lock inside a wrapper";
  // Both are symmetric.
  for (const char *L : {"a", "b", "a other", "t", "global", "p", "x", "object"})
    for (const char *R :
         {"a", "b", "a other", "t", "global", "p", "x", "object"}) {
      EXPECT_EQ(sameObject(A.path(L), A.path(R)),
                sameObject(A.path(R), A.path(L)))
          << L << ", " << R;
      EXPECT_EQ(mayBeSameObject(A.path(L), A.path(R)),
                mayBeSameObject(A.path(R), A.path(L)))
          << L << ", " << R;
      if (sameObject(A.path(L), A.path(R))) {
        EXPECT_TRUE(mayBeSameObject(A.path(L), A.path(R))) << L << ", " << R;
      }
    }
}

TEST(LockPath, Wrappers) {
  Analysis A(R"(
    class Mutex { public: void lock(); private: std::mutex mu_; friend void f(Mutex &); };
    void f(Mutex &m) { look("inner", m.mu_); look("outer", m); }
  )");
  EXPECT_EQ(A.pathName("inner"), "m") << "known by the wrapper's name";
  EXPECT_TRUE(sameObject(A.path("inner"), A.path("outer")));
}

TEST(LockPath, Templates) {
  Analysis A(R"(
    template <class M> struct Store { M mu_; void f() { look("dep", mu_); look("this", this->mu_); } };
    template struct Store<std::mutex>;
  )");
  EXPECT_EQ(A.pathName("dep"), "mu_");
  EXPECT_EQ(A.path("this"), A.path("dep"));
}

TEST(LockPath, InC) {
  Analysis A(R"(
    struct conn { pthread_mutex_t mu; struct conn *next; };
    static pthread_mutex_t table[8]; pthread_mutex_t global;
    void f(struct conn *c, unsigned h) {
      pthread_mutex_t *p = &c->mu;
      pthread_mutex_lock(p); point("alias"); pthread_mutex_unlock(p);
      pthread_mutex_lock(&table[h % 8]); point("hash"); pthread_mutex_unlock(&table[h % 8]); point("none");
      pthread_mutex_lock(&c->next->mu); point("next");
    }
  )",
             inC());
  EXPECT_EQ(A.mustHeldAt("alias"), "c.mu");
  EXPECT_EQ(A.mustHeldAt("hash"), "table" ELEMENT);
  EXPECT_EQ(A.mayHeldAt("none"), "");
  EXPECT_EQ(A.mustHeldAt("next"), "c.next.mu");
}

TEST(LockPath, RealSmartPointers) {
  Analysis A(R"(
    #include <memory>
    #include <mutex>
    #include <vector>
    #include <array>
    #include <map>
    struct S { std::mutex mu_; };
    void f(std::unique_ptr<S> &u, std::shared_ptr<std::mutex> sp, std::vector<S> &v,
           std::array<S, 4> &a, std::map<int, S> &m, int i) {
      look("arrow", u->mu_); look("star", (*u).mu_); look("get", u.get()->mu_);
      look("sp", *sp); look("v", v[i].mu_); look("at", v.at(i).mu_); look("a", a[0].mu_); look("a1", a[1].mu_);
      look("m", m[i].mu_); std::unique_lock<std::mutex> g(u->mu_); look("mutex", *g.mutex()); look("moved", std::move(g));
      look("guard", g);
    }
  )",
             withRealHeaders());
  EXPECT_EQ(A.pathName("arrow"), "u.mu_");
  EXPECT_EQ(A.path("star"), A.path("arrow"));
  EXPECT_EQ(A.path("get"), A.path("arrow"));
  EXPECT_EQ(A.pathName("sp"), "sp");
  EXPECT_EQ(A.path("at"), A.path("v"));
  EXPECT_NE(A.path("a"), A.path("a1"));
  EXPECT_EQ(A.pathName("m"), "m" ELEMENT ".mu_");
  EXPECT_EQ(A.path("moved"), A.path("guard"));
  EXPECT_EQ(A.path("mutex"), A.paths().managed(A.path("guard")));
}
