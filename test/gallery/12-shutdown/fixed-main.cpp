// Title: main joins its workers
// The threads are kept, and the end of the vector is the end of all of them: the
// destructor of a std::jthread joins.
#include <fstream>
#include <string>
#include <thread>
#include <vector>

static void makeThumbnail(const std::string &image) {
  std::ifstream in(image, std::ios::binary);
  std::ofstream out(image + ".thumb", std::ios::binary);
  char pixel;
  while (in.get(pixel))
    out.put(pixel);
}

int main() {
  std::vector<std::jthread> workers;
  for (std::string image : {"cat.png", "dog.png", "bird.png"})
    workers.emplace_back([image] { makeThumbnail(image); });
  return 0;
}
