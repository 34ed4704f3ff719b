// RUN: %check %s -- -std=c++20
// Whole containers, their elements, strings, streams, and distinct elements by distinct index.
#include <array>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <numeric>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

void use(int);
int compute(int);

//===- Whole containers -------------------------------------------------------===//

void mapOfTwoTasks_bad() {
  std::map<std::string, int> counts;
  std::thread a([&] { counts["a"] = 1; });
  std::thread b([&] { counts["b"] = 2; }); // CHECK: :[[@LINE]]:18: warning: task writes 'counts' while another task may write it, without synchronization
  a.join();
  b.join();
}

void pushInLoop_bad() {
  std::vector<int> results;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&results, i] { results.push_back(compute(i)); }); // CHECK: :[[@LINE]]:28: warning: task writes 'results' while another task of the same spawn may write it, without synchronization
  for (auto &t : threads)
    t.join();
}

void mapInLoop_bad(const std::vector<std::string> &names) {
  std::unordered_map<std::string, int> lengths;
  std::vector<std::future<void>> done;
  for (const std::string &name : names)
    done.push_back(std::async(std::launch::async, [&lengths, name] { lengths[name] = name.size(); })); // CHECK: :[[@LINE]]:53: warning: task writes 'lengths' while another task of the same spawn may write it, without synchronization
  for (auto &f : done)
    f.get();
}

void growsWhileRead_bad() {
  std::vector<int> v(3);
  std::thread t([&] { use(v.size()); }); // CHECK: :[[@LINE]]:18: warning: task reads 'v' while the function that starts it may write it, without synchronization
  v.push_back(1);
  t.join();
}

void growsWhileElementIsRead_bad() {
  std::vector<int> v(3);
  std::thread t([&] { use(v[0]); }); // CHECK: :[[@LINE]]:18: warning: task reads 'v' while the function that starts it may write it, without synchronization
  v.push_back(1);
  t.join();
}

void iterated_bad() {
  std::map<int, int> m;
  std::thread t([&] { // CHECK: :[[@LINE]]:18: warning: task reads 'm' while the function that starts it may write it, without synchronization
    for (auto &entry : m)
      use(entry.second);
  });
  m.erase(1);
  t.join();
}

void text_bad() {
  std::string log;
  std::thread t([&] { log += "task"; }); // CHECK: :[[@LINE]]:18: warning: task writes 'log' while the function that starts it may write it, without synchronization
  log.append("spawner");
  t.join();
}

void stream_bad() {
  std::ostringstream out;
  std::thread t([&] { out << "task"; }); // CHECK: :[[@LINE]]:18: warning: task writes 'out' while the function that starts it may write it, without synchronization
  out << "spawner";
  t.join();
}

void packedBits_bad() {
  std::vector<bool> done(8);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&done, i] { done[i] = true; }); // CHECK: :[[@LINE]]:28: warning: task writes 'done' while another task of the same spawn may write it, without synchronization
  for (auto &t : threads)
    t.join();
}

void swapped_bad() {
  std::vector<int> a, b;
  std::thread t([&] { a.swap(b); });
  // CHECK: :[[@LINE-1]]:18: warning: task writes 'a' while the function that starts it may read it, without synchronization
  // CHECK: :[[@LINE-2]]:18: warning: task writes 'b' while the function that starts it may read it, without synchronization
  use(a.size());
  use(b.size());
  t.join();
}

void inserter(std::map<int, int> &m, int key) { m.insert({key, key}); }

void mapByRef_bad() {
  std::map<int, int> m;
  std::thread a(inserter, std::ref(m), 1);
  std::thread b(inserter, std::ref(m), 2); // CHECK: :[[@LINE]]:27: warning: task writes 'm' while another task may write it, without synchronization
  a.join();
  b.join();
}

void lockedMap_ok() {
  std::mutex mu;
  std::map<std::string, int> counts;
  std::thread a([&] { std::lock_guard<std::mutex> g(mu); counts["a"] = 1; });
  std::thread b([&] { std::lock_guard<std::mutex> g(mu); counts["b"] = 2; });
  a.join();
  b.join();
}

void mapRead_ok(std::map<int, int> &m) {
  std::thread a([&] { use(m.at(1)); });
  std::thread b([&] { use(m.find(2)->second); });
  use(m.size());
  a.join();
  b.join();
}

//===- Elements ----------------------------------------------------------------===//

void distinctElements_ok() {
  std::vector<int> results(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&results, i] { results[i] = compute(i); });
  for (auto &t : threads)
    t.join();
  use(std::accumulate(results.begin(), results.end(), 0));
}

void distinctByParameter_ok() {
  int results[4];
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&results](int n) { results[n] = compute(n); }, i);
  for (auto &t : threads)
    t.join();
}

void distinctByReference_ok() {
  std::vector<int> results(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([](int &r) { r = compute(1); }, std::ref(results[i]));
  for (auto &t : threads)
    t.join();
}

void distinctByPointer_ok() {
  std::vector<int> results(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    int *slot = &results[i];
    threads.emplace_back([slot] { *slot = compute(1); });
  }
  for (auto &t : threads)
    t.join();
}

void rangeElement_ok(std::vector<int> &results) {
  std::vector<std::thread> threads;
  for (int &r : results)
    threads.emplace_back([&r] { r = compute(1); });
  for (auto &t : threads)
    t.join();
}

void chunks_ok(std::vector<int> &data) {
  std::vector<std::thread> threads;
  size_t size = data.size() / 4;
  for (int c = 0; c < 4; ++c) {
    size_t begin = c * size, end = begin + size;
    threads.emplace_back([&data, begin, end] {
      for (size_t i = begin; i < end; ++i)
        data[i] = compute(data[i]);
    });
  }
  for (auto &t : threads)
    t.join();
}

void twoConstantElements_ok() {
  int results[2];
  std::thread a([&] { results[0] = compute(0); });
  std::thread b([&] { results[1] = compute(1); });
  a.join();
  b.join();
}

void sameElement_bad() {
  int results[2];
  std::thread a([&] { results[0] = compute(0); });
  std::thread b([&] { results[0] = compute(1); }); // CHECK: :[[@LINE]]:18: warning: task writes 'results[0]' while another task may write it, without synchronization
  a.join();
  b.join();
}

void sameElementOfVector_bad() {
  std::vector<int> results(2);
  std::thread t([&] { results[0] = compute(0); }); // CHECK: :[[@LINE]]:18: warning: task writes 'results[0]' while the function that starts it may read it, without synchronization
  use(results[0]);
  t.join();
}

void sameElementInLoop_bad(int k) {
  std::array<int, 4> sums{};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { sums[0] += 1; }); // CHECK: :[[@LINE]]:27: warning: task writes 'sums[0]' while another task of the same spawn may write it, without synchronization
}

void elementField_ok() {
  struct Slot { int value = 0; };
  std::vector<Slot> slots(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&slots, i] { slots[i].value = compute(i); });
  for (auto &t : threads)
    t.join();
}
