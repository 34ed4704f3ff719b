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
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void rename(std::string n) {
    std::lock_guard<std::mutex> guard(mu_);
    name_ = std::move(n);
  }
  std::string_view view_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return name_;
    // CHECK: :[[@LINE-1]]:12: warning: view of 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-7]]:5: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const char *c_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return name_.c_str();
    // CHECK: :[[@LINE-1]]:18: warning: pointer into 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-15]]:5: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:18: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  Entry *find_bad(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    auto it = entries_.find(k);
    return it == entries_.end() ? nullptr : &it->second;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'entries_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'entries_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void erase(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    entries_.erase(k);
  }
  Entry &at_bad(unsigned i) {
    std::lock_guard<std::mutex> guard(mu_);
    return list_[i];
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'list_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'list_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void add(Entry e) {
    std::lock_guard<std::mutex> guard(mu_);
    list_.push_back(e);
  }
  std::map<std::string, Entry>::iterator begin_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return entries_.begin();
    // CHECK: :[[@LINE-1]]:21: warning: iterator of 'entries_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-19]]:5: note: 'entries_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:21: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  bool lookup_bad(const std::string &k, const Entry **out) {
    std::lock_guard<std::mutex> guard(mu_);
    for (auto &[key, value] : entries_)
      if (key == k) {
        *out = &value;
        // CHECK: :[[@LINE-1]]:16: warning: pointer into 'entries_' is stored in 'out' and used without lock 'mu_', which guards it
        // CHECK: :[[@LINE-5]]:33: note: lock 'mu_' acquired here, and released on return
        // CHECK: :[[@LINE-29]]:5: note: 'entries_' is changed under the lock here
        // CHECK: :[[@LINE-4]]:16: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
        return true;
      }
    return false;
  }
  Entry &current_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    return *current_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'current_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'current_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void replace() {
    std::lock_guard<std::mutex> guard(mu_);
    current_ = std::make_unique<Entry>();
  }
};
