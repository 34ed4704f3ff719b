// Title: One wait group for all
// The threads count the caller's wait group down. std::ref says so at the call, and the
// deleted copy constructor keeps the next copy from compiling.
#include "http.h"
#include <fstream>
#include <pthread.h>
#include <string>
#include <thread>

class WaitGroup {
public:
  WaitGroup() = default;
  WaitGroup(const WaitGroup &) = delete;
  WaitGroup &operator=(const WaitGroup &) = delete;

  void add(int count) {
    pthread_mutex_lock(&mutex_);
    pending_ += count;
    pthread_mutex_unlock(&mutex_);
  }

  void done() {
    pthread_mutex_lock(&mutex_);
    if (--pending_ == 0)
      pthread_cond_broadcast(&finished_);
    pthread_mutex_unlock(&mutex_);
  }

  void wait() {
    pthread_mutex_lock(&mutex_);
    while (pending_ > 0)
      pthread_cond_wait(&finished_, &mutex_);
    pthread_mutex_unlock(&mutex_);
  }

private:
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t finished_ = PTHREAD_COND_INITIALIZER;
  int pending_ = 0;
};

void download(std::string url, std::string path, WaitGroup &group) {
  std::ofstream(path) << http::get(url);
  group.done();
}

void mirror() {
  WaitGroup group;
  group.add(2);
  std::thread(download, "https://example.com/index", "index.html", std::ref(group)).detach();
  std::thread(download, "https://example.com/news", "news.html", std::ref(group)).detach();
  group.wait();
}
