// Title: A future that nobody reads
// The backup runs while the report is written. If the disk is full it throws, and the
// future keeps the exception. wait() waits and does not look: the backup counts as made.
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
  auto backup = std::async(std::launch::async, [&entries] { backUp(entries, "day.backup"); }); // BAD: swallowed-task-error

  long total = 0;
  for (const Entry &entry : entries)
    total += entry.cents;
  std::ofstream("day.report") << total << '\n';

  backup.wait();
  entries.clear();
  return total;
}
