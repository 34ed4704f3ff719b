// RUN: %check %s
// State that the lock guards is handed out in many ways, and what may be.
#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct Item {
  int n = 0;
  bool used = false;
  std::string text;
};
struct Counter {
  std::atomic<int> n{0};
};
struct Own {
  std::mutex mu;
  int n = 0;
};

class Store {
  mutable std::mutex mu_;
  std::string name_;
  const std::string fixed_ = "x";
  std::string set_once_;
  std::map<std::string, Item *> raw_;
  std::map<std::string, std::shared_ptr<Item>> shared_;
  std::map<std::string, std::unique_ptr<Item>> grows_;
  std::map<std::string, Counter> counters_;
  std::map<std::string, Own> owns_;
  std::map<std::string, Item> stable_;
  std::vector<Item> slots_;
  std::list<std::unique_ptr<Item>> free_;
  std::unique_ptr<Item> lazy_;
  Item *lazy_raw_ = nullptr;
  std::string text_;

public:
  explicit Store(std::string s) : set_once_(s) {}
  std::string copy_ok() const {
    std::lock_guard<std::mutex> guard(mu_);
    return name_;
  }
  void set(std::string s) {
    std::lock_guard<std::mutex> guard(mu_);
    name_ = s;
    text_ = s;
  }
  const std::string &fixed_ok() const {
    std::lock_guard<std::mutex> guard(mu_);
    return fixed_;
  }
  const std::string &set_once_ok() const {
    std::lock_guard<std::mutex> guard(mu_);
    return set_once_;
  }
  Item *raw_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    auto it = raw_.find(k);
    if (it == raw_.end())
      return nullptr;
    return it->second;
  }
  Item *raw_index_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    return raw_[k];
  }
  void remove_raw(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    raw_.erase(k);
    shared_.erase(k);
    counters_.clear();
    owns_.clear();
  }
  std::shared_ptr<Item> shared_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    return shared_[k];
  }
  Item *grows_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    auto &p = grows_[k];
    if (!p)
      p = std::make_unique<Item>();
    return p.get();
  }
  Counter &counter_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    return counters_[k];
  }
  Own &own_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    return owns_[k];
  }
  Item &stable_ok(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    return stable_[k];
  }
  void add_stable(const std::string &k) {
    std::lock_guard<std::mutex> guard(mu_);
    stable_.emplace(k, Item());
  }
  Item *claim_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    for (auto &s : slots_)
      if (!s.used) {
        s.used = true;
        return &s;
      }
    return nullptr;
  }
  Item *pop_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    if (free_.empty())
      return nullptr;
    Item *p = free_.front().release();
    free_.pop_front();
    return p;
  }
  Item &lazy_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    if (!lazy_)
      lazy_ = std::make_unique<Item>();
    return *lazy_;
  }
  Item &lazy_raw_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    if (!lazy_raw_)
      lazy_raw_ = new Item;
    return *lazy_raw_;
  }
  Store &self_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    text_ = "";
    return *this;
  }
  const std::string &nameLocked_ok() { return name_; }
  const std::string &name_locked(std::unique_lock<std::mutex> &) {
    return name_;
  }
  const std::string &before_lock_ok() {
    const std::string &s = fixed_;
    std::lock_guard<std::mutex> guard(mu_);
    return s;
  }
  std::unique_lock<std::mutex> lock() { return std::unique_lock<std::mutex>(mu_); }
  std::pair<std::unique_lock<std::mutex>, std::string *> both_ok() {
    return {std::unique_lock<std::mutex>(mu_), &name_};
  }
  static Store &instance_ok() {
    static std::mutex mu;
    static std::unique_ptr<Store> inst;
    std::lock_guard<std::mutex> guard(mu);
    if (!inst)
      inst = std::make_unique<Store>("");
    return *inst;
  }
  static Store *instance2_ok() {
    static std::mutex mu;
    static Store *inst;
    std::lock_guard<std::mutex> guard(mu);
    if (!inst)
      inst = new Store("");
    return inst;
  }
};



class More {
  mutable std::shared_mutex mu_;
  std::unordered_map<int, Item> map_;
  std::vector<Item> vec_;
  std::string s_;
  struct { std::string host; int port; } addr_;
  Item arr_[4];
  std::map<int, std::unique_ptr<Item>> own_;
  std::optional<Item> opt_;
  const Item *findLocked(int k) const {
    auto it = map_.find(k);
    return it == map_.end() ? nullptr : &it->second;
  }

public:
  const Item *find_bad(int k) const {
    std::shared_lock<std::shared_mutex> guard(mu_);
    return findLocked(k);
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'map_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-3]]:12: note: 'findLocked' hands it out here
    // CHECK: :[[@LINE+13]]:5: note: 'map_' is changed under the lock here
    // CHECK: :[[@LINE-5]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const std::unordered_map<int, Item> &all_bad() const {
    std::shared_lock<std::shared_mutex> guard(mu_);
    return map_;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'map_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+5]]:5: note: 'map_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  void put(int k, Item i) {
    std::unique_lock<std::shared_mutex> guard(mu_);
    map_[k] = i;
    vec_.push_back(i);
    s_ += "x";
    addr_.host = s_;
    arr_[k].n = 3;
    opt_ = i;
  }
  void erase(int k) {
    std::unique_lock<std::shared_mutex> guard(mu_);
    map_.erase(k);
    own_.erase(k);
    opt_.reset();
  }
  const std::string &host_bad() const {
    std::shared_lock<std::shared_mutex> guard(mu_);
    return addr_.host;
    // CHECK: :[[@LINE-1]]:18: warning: reference to 'addr_.host' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-15]]:11: note: 'addr_.host' is changed under the lock here
    // CHECK: :[[@LINE-4]]:18: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const Item &FN_arr(int i) const { // the return is behind the unlock
    mu_.lock_shared();
    const Item &r = arr_[i];
    mu_.unlock_shared();
    return r;
  }
  Item *own_bad(int k) {
    std::unique_lock<std::shared_mutex> guard(mu_);
    auto it = own_.find(k);
    return it != own_.end() ? it->second.get() : nullptr;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'own_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-4]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-23]]:5: note: 'own_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  Item *opt_bad() {
    std::unique_lock<std::shared_mutex> guard(mu_);
    return opt_ ? &*opt_ : nullptr;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'opt_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-36]]:5: note: 'opt_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const Item *best_bad() {
    std::unique_lock<std::shared_mutex> guard(mu_);
    const Item *best = nullptr;
    for (const auto &i : vec_)
      if (!best || i.n > best->n)
        best = &i;
    return best;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'vec_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-7]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-52]]:5: note: 'vec_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  Item *scoped_bad(int k) {
    Item *p = nullptr;
    {
      std::unique_lock<std::shared_mutex> guard(mu_);
      auto it = map_.find(k);
      if (it != map_.end())
        p = &it->second;
    }
    return p;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'map_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-7]]:43: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-67]]:5: note: 'map_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  bool out_bad(int k, Item *&out) {
    std::unique_lock<std::shared_mutex> guard(mu_);
    auto it = map_.find(k);
    if (it == map_.end())
      return false;
    out = &it->second;
    // CHECK: :[[@LINE-1]]:11: warning: pointer into 'map_' is stored in 'out' and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-6]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-78]]:5: note: 'map_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:11: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
    return true;
  }
  void view_bad(std::string_view *v) {
    std::unique_lock<std::shared_mutex> guard(mu_);
    *v = s_;
    // CHECK: :[[@LINE-1]]:10: warning: view of 's_' is stored in 'v' and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-85]]:5: note: 's_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:10: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  std::vector<Item>::const_iterator it_bad() const {
    std::shared_lock<std::shared_mutex> guard(mu_);
    return vec_.begin();
    // CHECK: :[[@LINE-1]]:17: warning: iterator of 'vec_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-94]]:5: note: 'vec_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:17: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const char *c_bad() const {
    std::shared_lock<std::shared_mutex> guard(mu_);
    return s_.c_str();
    // CHECK: :[[@LINE-1]]:15: warning: pointer into 's_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-101]]:5: note: 's_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:15: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  Item *data_bad() {
    std::unique_lock<std::shared_mutex> guard(mu_);
    return vec_.data();
    // CHECK: :[[@LINE-1]]:17: warning: pointer into 'vec_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-110]]:5: note: 'vec_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:17: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  std::string_view part_bad() const {
    std::shared_lock<std::shared_mutex> guard(mu_);
    return std::string_view(s_).substr(1);
    // CHECK: :[[@LINE-1]]:12: warning: view of 's_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-117]]:5: note: 's_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  auto lambda_bad() {
    auto f = [this]() -> const std::string & {
      std::unique_lock<std::shared_mutex> guard(mu_);
      return s_;
      // CHECK: :[[@LINE-1]]:14: warning: reference to 's_' is returned and used without lock 'mu_', which guards it
      // CHECK: :[[@LINE-3]]:43: note: lock 'mu_' acquired here, and released on return
      // CHECK: :[[@LINE-126]]:5: note: 's_' is changed under the lock here
      // CHECK: :[[@LINE-4]]:14: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
    };
    return f().size();
  }
};
std::mutex gmu;
std::string gname;
void gset(const char *s) {
  std::lock_guard<std::mutex> guard(gmu);
  gname = s;
}
const std::string &gname_bad() {
  std::lock_guard<std::mutex> guard(gmu);
  return gname;
  // CHECK: :[[@LINE-1]]:10: warning: reference to 'gname' is returned and used without lock 'gmu', which guards it
  // CHECK: :[[@LINE-3]]:31: note: lock 'gmu' acquired here, and released on return
  // CHECK: :[[@LINE-7]]:3: note: 'gname' is changed under the lock here
  // CHECK: :[[@LINE-4]]:10: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
}

// An element that stays where it is, but gets another value under the lock.
class Names {
  std::mutex mu_;
  std::map<int, std::string> names_;

public:
  void set(int k, const std::string &name) {
    std::lock_guard<std::mutex> guard(mu_);
    names_[k] = name;
  }
  std::string &name_bad(int k) {
    std::lock_guard<std::mutex> guard(mu_);
    return names_[k];
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'names_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE-7]]:5: note: 'names_' is changed under the lock here
    // CHECK: note: return a copy
  }
};

// In a std::optional.
class Optionals {
public:
  std::optional<std::string_view> view_bad(int key) {
    std::lock_guard<std::mutex> lock(mu_);
    auto it = names_.find(key);
    if (it == names_.end())
      return std::nullopt;
    return it->second;
    // CHECK: :[[@LINE-1]]:16: warning: view of 'names_' is returned and used without lock 'mu_', which guards it
  }
  std::optional<const std::string *> pointer_bad(int key) {
    std::lock_guard<std::mutex> lock(mu_);
    auto it = names_.find(key);
    if (it == names_.end())
      return {};
    return &it->second;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'names_' is returned and used without lock 'mu_', which guards it
  }
  std::optional<std::string> copy_ok(int key) {
    std::lock_guard<std::mutex> lock(mu_);
    auto it = names_.find(key);
    if (it == names_.end())
      return std::nullopt;
    return it->second;
  }
  std::optional<std::string_view> constant_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    return names_.empty() ? std::optional<std::string_view>("none")
                          : std::nullopt;
  }
  void erase(int key) {
    std::lock_guard<std::mutex> lock(mu_);
    names_.erase(key);
  }

private:
  std::mutex mu_;
  std::map<int, std::string> names_;
};
