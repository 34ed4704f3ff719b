// Title: A server that ends what it started
// Everything that runs looks at one atomic flag, and no wait is longer than a second. The
// number of clients is limited, and serve() waits until the last of them is gone.
#include <atomic>
#include <chrono>
#include <csignal>
#include <netinet/in.h>
#include <poll.h>
#include <semaphore>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

constexpr int kMaxClients = 256;
std::counting_semaphore<kMaxClients> places(kMaxClients);
std::atomic<bool> shuttingDown{false};

bool readable(int fd) {
  pollfd poll_{fd, POLLIN, 0};
  return poll(&poll_, 1, 500) > 0;
}

void handleClient(int fd) {
  char buffer[4096];
  while (!shuttingDown) {
    if (!readable(fd))
      continue;
    ssize_t received = recv(fd, buffer, sizeof buffer, 0);
    if (received <= 0)
      break;
    send(fd, buffer, received, MSG_NOSIGNAL);
  }
  close(fd);
}

void heartbeat(int monitor) {
  while (!shuttingDown) {
    send(monitor, "alive\n", 6, MSG_NOSIGNAL);
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

void serve(int listener, int monitor) {
  std::thread pulse(heartbeat, monitor);
  while (!shuttingDown) {
    if (!readable(listener))
      continue;
    int client = accept(listener, nullptr, nullptr);
    if (client < 0)
      continue;
    places.acquire();
    std::thread([client] {
      handleClient(client);
      places.release();
    }).detach();
  }
  for (int i = 0; i < kMaxClients; ++i)
    places.acquire(); // until the last client is gone
  pulse.join();
}

int main() {
  std::signal(SIGTERM, [](int) { shuttingDown = true; });
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  int monitor = socket(AF_INET, SOCK_DGRAM, 0);
  listen(listener, SOMAXCONN);
  serve(listener, monitor);
}
