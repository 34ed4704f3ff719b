// Title: get() throws what the task has thrown
// The entries are cleared only if the backup was made. If it failed, closeDay() throws,
// and its caller learns why.
#include <fstream>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

struct Entry {
  std::string account;
  long cents = 0;
};

void backUp(const std::vector<Entry> &entries, const std::string &path) {
  std::ofstream out(path);
  for (const Entry &entry : entries)
    out << entry.account << ' ' << entry.cents << '\n';
  if (!out.flush())
    throw std::runtime_error("cannot write " + path);
}

long closeDay(std::vector<Entry> &entries) {
  auto backup = std::async(std::launch::async, [&entries] { backUp(entries, "day.backup"); });

  long total = 0;
  for (const Entry &entry : entries)
    total += entry.cents;
  std::ofstream("day.report") << total << '\n';

  backup.get();
  entries.clear();
  return total;
}
