// RUN: %fix %s -- -std=c++17 | %filecheck %s
// Other libraries' waits: with a predicate where there is such a function.
#include "boost.h"
#include "qt.h"

struct Boost {
  boost::mutex mu;
  boost::condition_variable cv;
  bool ready = false;
  void set() {
    boost::unique_lock<boost::mutex> lock(mu);
    ready = true;
    cv.notify_one();
  }
  void wait() {
    boost::unique_lock<boost::mutex> lock(mu);
    if (!ready)
      cv.wait(lock);
  }
};
// CHECK-LABEL: struct Boost
// CHECK: {{^ cv.wait\(lock, \[&\] { return ready; }\);$}}

struct Qt {
  QMutex mu;
  QWaitCondition cv;
  bool ready = false;
  void set() {
    QMutexLocker lock(&mu);
    ready = true;
    cv.wakeOne();
  }
  void wait() {
    QMutexLocker lock(&mu);
    if (!ready)
      cv.wait(&mu);
  }
};
// CHECK-LABEL: struct Qt
// CHECK: {{^ while \(!ready\)$}}
// CHECK-NEXT: {{^ cv.wait\(&mu\);$}}
