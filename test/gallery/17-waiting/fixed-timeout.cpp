// Title: Ask the task to stop
// When the time is up the task is told so. It leaves its loop at the next word, and what
// it has found until then is still of use.
#include <chrono>
#include <fstream>
#include <future>
#include <stop_token>
#include <string>

using namespace std::chrono_literals;

std::string longestMatch(const std::string &dictionary, const std::string &prefix, std::stop_token stop) {
  std::ifstream in(dictionary);
  std::string best;
  for (std::string word; !stop.stop_requested() && std::getline(in, word);) {
    if (word.starts_with(prefix) && word.size() > best.size())
      best = word;
  }
  return best;
}

std::string suggest(const std::string &prefix) {
  std::stop_source stop;
  std::future<std::string> match =
      std::async(std::launch::async, longestMatch, "/usr/share/dict/words", prefix, stop.get_token());
  if (match.wait_for(50ms) != std::future_status::ready)
    stop.request_stop();
  return match.get();
}
