// The part of libfilezilla that the tests need, as its headers declare it.
#pragma once
#include <cstdint>
#include <string>
namespace fz {
class mutex {
public:
  void lock();
  void unlock();
  bool try_lock();
};
class scoped_lock {
public:
  explicit scoped_lock(mutex &m);
  ~scoped_lock();
  void lock();
  void unlock();
};
class duration {};
class condition {
public:
  void wait(scoped_lock &l);
  bool wait(scoped_lock &l, duration const &timeout);
  void signal(scoped_lock &l);
};
class file {
public:
  int64_t read(void *buf, int64_t count);
  int64_t write(void const *buf, int64_t count);
  bool fsync();
};
bool remove_file(std::string const &name);
} // namespace fz
