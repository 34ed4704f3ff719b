// Title: A loop that waits
// checksum() reads the flag again and again until the thread has set it. It burns a core
// meanwhile, and on a machine with one core it keeps the thread from its work.
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
    while (!loaded_) { // BAD: busy-wait
    }
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
  }

  std::vector<char> pixels_;
  std::atomic<bool> loaded_{false};
  std::thread loader_;
};
