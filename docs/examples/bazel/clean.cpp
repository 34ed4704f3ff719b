#include <thread>

int main() {
  int answer = 0;
  std::thread worker([&answer] { answer = 42; });
  worker.join();
  return answer == 42 ? 0 : 1;
}
