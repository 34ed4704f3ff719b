// RUN: %fix %s -- -std=c++20 | %filecheck %s
// One operation takes the place of two where it does the same, and nobody looks at the result.
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

std::atomic<int> total;
std::atomic<std::uint8_t> small;
std::atomic<long long> wide;
std::atomic<bool> flag;
std::atomic<double> ratio;
std::atomic<int> other;
volatile std::atomic<int> device;
int next();

void plus(int n, unsigned u, double d) {
  total = total + n;
  total = n + total;
  total = total - (n - 1);
  total=total|n;
  total = total & ~n;
  total = n ^ total;
  small = small + 1;
  wide = wide + u;
  total = total + other;
  total = total + (next(), n);
  total = (total + n);
  total = total + next();
}
// CHECK-LABEL: void plus(
// CHECK-NEXT: {{^ total.fetch_add\(n\);$}}
// CHECK-NEXT: {{^ total.fetch_add\(n\);$}}
// CHECK-NEXT: {{^ total.fetch_sub\(n - 1\);$}}
// CHECK-NEXT: {{^ total.fetch_or\(n\);$}}
// CHECK-NEXT: {{^ total.fetch_and\(~n\);$}}
// CHECK-NEXT: {{^ total.fetch_xor\(n\);$}}
// CHECK-NEXT: {{^ small.fetch_add\(1\);$}}
// CHECK-NEXT: {{^ wide.fetch_add\(u\);$}}
// CHECK-NEXT: {{^ total.fetch_add\(other\);$}}
// CHECK-NEXT: {{^ total.fetch_add\(\(next\(\), n\)\);$}}
// CHECK-NEXT: {{^ total.fetch_add\(n\);$}}
// CHECK-NEXT: {{^ total.fetch_add\(next\(\)\);$}}

void calls(int n) {
  total.store(total.load() + n);
  total.store(total + n);
  total = total.load() - n;
  total.store(total.load(std::memory_order_seq_cst) + n);
  total.store(total.load() + n, std::memory_order_seq_cst);
  std::atomic_store(&total, std::atomic_load(&total) + n);
}
// CHECK-LABEL: void calls(
// CHECK-NEXT: {{^ total.fetch_add\(n\);$}}
// CHECK-NEXT: {{^ total.fetch_add\(n\);$}}
// CHECK-NEXT: {{^ total.fetch_sub\(n\);$}}
// CHECK-NEXT: {{^ total.store\(total.load\(std::memory_order_seq_cst\) \+ n\);$}}
// CHECK-NEXT: {{^ total.store\(total.load\(\) \+ n, std::memory_order_seq_cst\);$}}
// CHECK-NEXT: {{^ std::atomic_store\(&total, std::atomic_load\(&total\) \+ n\);$}}

void others(int n, double d) {
  total = total * 2;
  total = n - total;
  total = total + d;
  total = total + total;
  total = total + (total > 4 ? 1 : 2);
  total = unsigned(total) + n;
  total = -total;
  total = total + n + n;
  total = n + n + total;
  flag = flag | true;
  ratio = ratio + d;
  device = device + 1;
  total = total /* once */ + n;
}
// CHECK-LABEL: void others(
// CHECK-NEXT: total = total * 2;
// CHECK-NEXT: total = n - total;
// CHECK-NEXT: total = total + d;
// CHECK-NEXT: total = total + total;
// CHECK-NEXT: total = total + (total > 4 ? 1 : 2);
// CHECK-NEXT: total = unsigned(total) + n;
// CHECK-NEXT: total = -total;
// CHECK-NEXT: total = total + n + n;
// CHECK-NEXT: total.fetch_add(n + n);
// CHECK-NEXT: flag = flag | true;
// CHECK-NEXT: ratio = ratio + d;
// CHECK-NEXT: device = device + 1;
// CHECK-NEXT: total = total /* once */ + n;

int results(int n) {
  int seen = total = total + n;
  if ((total = total - 1) == 0)
    return seen;
  for (int i = 0; i < n; total = total + 1)
    ++i;
  if (n)
    total = total + 1;
  else
    total = total - 1;
  switch (n) {
  case 1:
    total = total | 8;
  }
  return total = total + n;
}
// CHECK-LABEL: int results(
// CHECK-NEXT: int seen = total = total + n;
// CHECK-NEXT: if ((total = total - 1) == 0)
// CHECK: for (int i = 0; i < n; total.fetch_add(1))
// CHECK: {{^ total.fetch_add\(1\);$}}
// CHECK: {{^ total.fetch_sub\(1\);$}}
// CHECK: {{^ total.fetch_or\(8\);$}}
// CHECK: return total = total + n;

struct Counter {
  std::atomic<int> n{0};
  Counter *next;
  void up() { n = n + 1; }
  void step() { this->n = this->n + 1; }
  void of(Counter &c) { c.next->n = c.next->n + 1; }
  auto later() {
    return [this] { n = n + 1; };
  }
};
// CHECK-LABEL: struct Counter
// CHECK: void up() { n.fetch_add(1); }
// CHECK-NEXT: void step() { this->n.fetch_add(1); }
// CHECK-NEXT: void of(Counter &c) { c.next->n.fetch_add(1); }
// CHECK-NEXT: auto later
// CHECK-NEXT: return [this] { n.fetch_add(1); };

void handed(std::atomic<int> *p, std::atomic<int> &r,
             std::array<std::atomic<int>, 4> &a, std::atomic<int> *b, int i) {
  *p = *p + i;
  p->store(p->load() - i);
  r = r + i;
  a[i] = a[i] + i;
  b[2] = b[2] + i;
  a[i] = a[i] + a[0];
}
// CHECK-LABEL: void handed(
// CHECK: {{^ p->fetch_add\(i\);$}}
// CHECK-NEXT: {{^ p->fetch_sub\(i\);$}}
// CHECK-NEXT: {{^ r.fetch_add\(i\);$}}
// CHECK-NEXT: {{^ a\[i\].fetch_add\(i\);$}}
// CHECK-NEXT: {{^ b\[2\].fetch_add\(i\);$}}
// CHECK-NEXT: {{^ a\[i\] = a\[i\] \+ a\[0\];$}}

#define ADD(X, N) X = X + (N)
#define ONE 1
void macros() {
  ADD(total, 1);
  total = total + ONE;
  total = total + INT32_MAX;
}
// CHECK-LABEL: void macros(
// CHECK-NEXT: ADD(total, 1);
// CHECK-NEXT: total = total + ONE;
// CHECK-NEXT: total = total + INT32_MAX;

template <class T> void generic(std::atomic<T> &count) { count = count + 1; }
template void generic(std::atomic<int> &);
template void generic(std::atomic<double> &);
// CHECK-LABEL: template <class T> void generic
// CHECK-SAME: { count = count + 1; }
