// Title: main returns before its workers
// Each thumbnail is made by a thread of its own that nobody waits for. The process ends
// with main, and whatever is not written by then never is. The sleep only makes it rarer.
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

static void makeThumbnail(const std::string &image) {
  std::ifstream in(image, std::ios::binary);
  std::ofstream out(image + ".thumb", std::ios::binary);
  char pixel;
  while (in.get(pixel))
    out.put(pixel);
}

int main() {
  for (std::string image : {"cat.png", "dog.png", "bird.png"})
    std::thread([image] { makeThumbnail(image); }).detach(); // BAD: work-lost-at-exit
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  return 0;
}
