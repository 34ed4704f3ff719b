// Boost's locks and guards in the shapes that programs use.
// RUN: %check %s -- -std=c++17
#include "boost.h"
#include <unistd.h>

namespace boost { // what the mock leaves out
struct adopt_lock_t {};
constexpr adopt_lock_t adopt_lock{};
struct try_to_lock_t {};
constexpr try_to_lock_t try_to_lock{};
template <class M> class upgrade_lock {
public:
  explicit upgrade_lock(M &);
  ~upgrade_lock();
  void unlock();
};
template <class L> class reverse_lock {
public:
  explicit reverse_lock(L &);
  ~reverse_lock();
};
template <class M> class shared_lock_guard {
public:
  explicit shared_lock_guard(M &);
  shared_lock_guard(M &, adopt_lock_t);
  ~shared_lock_guard();
};
} // namespace boost

class Peers {
  void send_all_bad(boost::asio::ip::tcp::socket &s, int buffer) {
    boost::unique_lock<boost::mutex> lk(mu_);
    ++sent_;
    s.read_some(buffer);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'read_some' may block (network) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    lk.unlock();
    s.read_some(buffer);
  }

  void wait_ok() {
    boost::unique_lock<boost::mutex> lk(mu_);
    while (!sent_)
      cv_.wait(lk);
  }

  void wait_under_the_map_bad() {
    boost::shared_lock<boost::shared_mutex> map(map_mu_);
    boost::unique_lock<boost::mutex> lk(mu_);
    while (!sent_)
      cv_.wait(lk);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) in a loop while lock 'map_mu_' is held [threadlint-slow-call-under-lock]
  }

  void deferred_bad(int fd) {
    boost::unique_lock<boost::mutex> lk(mu_, boost::defer_lock);
    fsync(fd);
    lk.lock();
    ++sent_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void owned_bad(int fd) {
    boost::unique_lock<boost::mutex> lk(mu_, boost::defer_lock);
    if (lk.owns_lock())
      fsync(fd);
    lk.lock();
    ++sent_;
    if (lk.owns_lock())
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void by_hand_bad(int fd) {
    mu_.lock();
    ++sent_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    mu_.unlock();
    fsync(fd);
    if (mu_.try_lock()) {
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
      mu_.unlock();
    }
  }

  void adopted_bad(int fd) {
    map_mu_.lock_shared();
    boost::shared_lock_guard<boost::shared_mutex> g(map_mu_, boost::adopt_lock);
    ++sent_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'map_mu_' is held [threadlint-slow-call-under-lock]
  }

  void upgrade_bad(int fd) {
    boost::upgrade_lock<boost::shared_mutex> lk(map_mu_);
    ++sent_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'map_mu_' is held [threadlint-slow-call-under-lock]
    lk.unlock();
    fsync(fd);
  }

  void reversed_bad(int fd) {
    boost::unique_lock<boost::mutex> lk(mu_);
    {
      boost::reverse_lock<boost::unique_lock<boost::mutex>> unlocked(lk);
      fsync(fd);
    }
    ++sent_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  boost::mutex mu_;
  boost::shared_mutex map_mu_;
  boost::condition_variable cv_;
  int sent_ = 0;
};

void joins_after_the_lock_ok(boost::thread &t, boost::mutex &m) {
  {
    boost::lock_guard<boost::mutex> g(m);
  }
  t.join();
}
