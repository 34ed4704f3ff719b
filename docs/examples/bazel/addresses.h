#pragma once
#include <mutex>
#include <string>
#include <vector>

class Addresses {
public:
  void add(const std::string &host);

private:
  std::mutex mutex_;
  std::vector<std::string> known_;
};
