#include <atomic>
#include <thread>

void work();

// Every member is here: nobody else can write a private flag.
class Closed {
public:
  void start_bad() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
  }

private:
  bool running_ = true;
};

// stop() may be anywhere.
class Open {
public:
  void start_ok() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
  }
  void stop();

private:
  std::atomic<bool> running_{true};
};

// So may a friend, a derived class, a member of another instantiation.
class WithFriend {
public:
  void start_ok() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
  }

private:
  friend class Stopper;
  std::atomic<bool> running_{true};
};
class Extensible {
public:
  void start_ok() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
  }

protected:
  std::atomic<bool> running_{true};
};
template <class T> class Generic {
public:
  void start_ok() {
    std::thread([this] {
      while (running_)
        work();
    }).detach();
  }
  void stop() { running_ = false; }

private:
  std::atomic<bool> running_{true};
};

static bool of_header = true;
inline void header_variable_ok() {
  std::thread([] {
    while (of_header)
      work();
  }).detach();
}
