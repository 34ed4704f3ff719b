// Title: A server that cannot go down
// The accept loop starts a thread for each client, and nothing ends the heartbeat. main()
// gets its signal, asks the server to stop, and then waits for the heartbeat.
#include <atomic>
#include <chrono>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

std::atomic<bool> shuttingDown{false};

void handleClient(int fd) {
  char buffer[4096];
  while (true) {
    ssize_t received = recv(fd, buffer, sizeof buffer, 0);
    if (received <= 0)
      break;
    send(fd, buffer, received, MSG_NOSIGNAL);
  }
  close(fd);
}

void heartbeat(int monitor) {
  for (;;) {
    send(monitor, "alive\n", 6, MSG_NOSIGNAL);
    std::this_thread::sleep_for(std::chrono::seconds(5));
  }
}

void serve(int listener, int monitor) {
  std::thread pulse(heartbeat, monitor); // BAD: thread-without-exit-path
  while (!shuttingDown) {
    int client = accept(listener, nullptr, nullptr);
    if (client < 0)
      continue;
    std::thread(handleClient, client).detach(); // BAD: unbounded-thread-spawn
  }
  pulse.join();
}

int main() {
  std::signal(SIGTERM, [](int) { shuttingDown = true; });
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  int monitor = socket(AF_INET, SOCK_DGRAM, 0);
  listen(listener, SOMAXCONN);
  serve(listener, monitor);
}
