// Title: A wait group passed by value
// Each thread gets a copy of the wait group and counts the copy down. The original never
// reaches zero, and the caller waits for ever.
#include "http.h"
#include <fstream>
#include <pthread.h>
#include <string>
#include <thread>

class WaitGroup {
public:
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

void download(std::string url, std::string path, WaitGroup group) { // BAD: copied-sync-primitive
  std::ofstream(path) << http::get(url);
  group.done();
}

void mirror() {
  WaitGroup group;
  group.add(2);
  std::thread(download, "https://example.com/index", "index.html", group).detach(); // BAD: copied-sync-primitive
  std::thread(download, "https://example.com/news", "news.html", group).detach();   // BAD: copied-sync-primitive
  group.wait();
}
