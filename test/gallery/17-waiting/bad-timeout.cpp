// Title: A time-out that waits all the same
// suggest() gives up after 50 milliseconds, but the future of std::async waits for its
// task when it is destroyed. The user gets nothing, and gets it late.
#include <chrono>
#include <fstream>
#include <future>
#include <string>

using namespace std::chrono_literals;

std::string longestMatch(const std::string &dictionary, const std::string &prefix) {
  std::ifstream in(dictionary);
  std::string best;
  for (std::string word; std::getline(in, word);) {
    if (word.starts_with(prefix) && word.size() > best.size())
      best = word;
  }
  return best;
}

std::string suggest(const std::string &prefix) {
  std::future<std::string> match = std::async(std::launch::async, longestMatch, "/usr/share/dict/words", prefix);
  if (match.wait_for(50ms) != std::future_status::ready) // BAD: blocking-future-destructor
    return {};
  return match.get();
}
