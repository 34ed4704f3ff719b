// Title: Sleep until the flag changes
// An atomic of C++20 can be waited for. The waiter sleeps until the thread has changed
// the flag and says so.
#include <atomic>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

class Texture {
public:
  explicit Texture(std::string path) : loader_([this, path] { load(path); }) {}
  ~Texture() { loader_.join(); }

  std::uint32_t checksum() {
    loaded_.wait(false);
    std::uint32_t sum = 0;
    for (char pixel : pixels_)
      sum = sum * 31 + static_cast<unsigned char>(pixel);
    return sum;
  }

private:
  void load(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    pixels_.assign(std::istreambuf_iterator<char>(in), {});
    loaded_ = true;
    loaded_.notify_all();
  }

  std::vector<char> pixels_;
  std::atomic<bool> loaded_{false};
  std::thread loader_;
};
