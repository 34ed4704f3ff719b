// Title: One map, filled by all tasks
// Each task counts the words of one text and adds them to the map that all of them
// share. Two insertions at the same time break the tree: lost words, or an endless search.
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

std::map<std::string, int> countWords(const std::vector<std::string> &texts) {
  std::map<std::string, int> counts;
  std::vector<std::thread> threads;
  const unsigned workers = 4;
  for (unsigned worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&counts, &texts, worker] { // BAD: race-with-task
      for (size_t i = worker; i < texts.size(); i += workers) {
        std::istringstream in(texts[i]);
        for (std::string word; in >> word;)
          ++counts[word];
      }
    });
  }
  for (auto &thread : threads)
    thread.join();
  return counts;
}
