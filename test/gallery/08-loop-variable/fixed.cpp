// Title: A copy of the loop variable for each thread
// Each thread has its own number. The rest is shared on purpose: the threads are joined
// before any of it dies.
#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

void blurRow(const Image &in, Image &out, int y) {
  for (int x = 1; x + 1 < in.width; ++x) {
    int at = y * in.width + x;
    out.pixels[at] = (in.pixels[at - 1] + 2 * in.pixels[at] + in.pixels[at + 1]) / 4;
  }
}

Image blur(const Image &in) {
  Image out = in;
  const int strips = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (int strip = 0; strip < strips; ++strip) {
    threads.emplace_back([&, strip] {
      for (int y = strip; y < in.height; y += strips)
        blurRow(in, out, y);
    });
  }
  for (auto &thread : threads)
    thread.join();
  return out;
}
