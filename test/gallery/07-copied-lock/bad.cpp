// Title: A struct with a mutex, copied
// The loop locks the mutex of a copy. The counters may change while they are copied, and
// a copy that was taken while somebody held the lock is never unlocked: the loop hangs.
#include <array>
#include <cstdint>
#include <pthread.h>
#include <string>
#include <unordered_map>

struct Shard {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  std::unordered_map<std::string, std::uint64_t> hits;
};

class Statistics {
public:
  void count(const std::string &page) {
    Shard &shard = shards_[std::hash<std::string>{}(page) % shards_.size()];
    pthread_mutex_lock(&shard.mutex);
    ++shard.hits[page];
    pthread_mutex_unlock(&shard.mutex);
  }

  std::uint64_t total() {
    std::uint64_t sum = 0;
    for (auto shard : shards_) { // BAD: copied-sync-primitive
      pthread_mutex_lock(&shard.mutex);
      for (const auto &[page, hits] : shard.hits)
        sum += hits;
      pthread_mutex_unlock(&shard.mutex);
    }
    return sum;
  }

  std::uint64_t hitsOf(const std::string &page) {
    auto shard = shards_[std::hash<std::string>{}(page) % shards_.size()]; // BAD: copied-sync-primitive
    pthread_mutex_lock(&shard.mutex);
    std::uint64_t hits = shard.hits[page];
    pthread_mutex_unlock(&shard.mutex);
    return hits;
  }

private:
  std::array<Shard, 16> shards_;
};
