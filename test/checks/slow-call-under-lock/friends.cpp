// RUN: %check %s
// Friends that are classes are found elsewhere; friends that are functions may be
// defined in the class.
#include <mutex>
#include <unistd.h>

std::mutex mu;

template <class T> class Pointer {
  template <class U> friend class Pointer; // each specialisation befriends all
  template <class U> friend class Other;
  T *P = nullptr;
};
template <class T> class Other {
  template <class U> friend class Pointer;
  template <class U> friend class Other;
  Pointer<T> P;
};
Pointer<int> a;
Pointer<long> b;
Other<char> c;

class Log {
  friend void flush_bad(Log &l) {
    std::lock_guard<std::mutex> g(mu);
    fsync(l.Fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  int Fd = 1;
};
