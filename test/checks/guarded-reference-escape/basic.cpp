// RUN: %check %s
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>
#include <memory>

struct Entry {
  int n = 0;
  std::string text;
};

class Registry {
  std::mutex mu_;
  std::map<std::string, Entry> entries_;
  std::string name_;
  std::vector<Entry> list_;
  std::unique_ptr<Entry> current_;

public:
  const std::string &name_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return name_;
  }
  void rename(std::string n) {
    std::lock_guard<std::mutex> guard(mu_);
    name_ = std::move(n);
  }
  std::string_view view_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return name_;
  }
  const char *c_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return name_.c_str();
  }
  Entry *find_bad(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    auto it = entries_.find(k);
    return it == entries_.end() ? nullptr : &it->second;
  }
  void erase(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    entries_.erase(k);
  }
  Entry &at_bad(unsigned i) {
    std::lock_guard<std::mutex> guard(mu_);
    return list_[i];
  }
  void add(Entry e) {
    std::lock_guard<std::mutex> guard(mu_);
    list_.push_back(e);
  }
  std::map<std::string, Entry>::iterator begin_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return entries_.begin();
  }
  bool lookup_bad(const std::string &k, const Entry **out) {
    std::lock_guard<std::mutex> guard(mu_);
    for (auto &[key, value] : entries_)
      if (key == k) {
        *out = &value;
        return true;
      }
    return false;
  }
  Entry &current_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return *current_;
  }
  void replace() {
    std::lock_guard<std::mutex> guard(mu_);
    current_ = std::make_unique<Entry>();
  }
};
