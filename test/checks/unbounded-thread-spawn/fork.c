// RUN: %check %s --option=ReportFork=true -- -std=c11 -D_GNU_SOURCE
// RUN: %check %s --prefix=OFF -- -std=c11 -D_GNU_SOURCE
// OFF-NOT: warning
// Processes count only if the option says so.
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

void serve(int fd);

void accept_loop_bad(int listener) {
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fork() == 0) {
      // CHECK: :[[@LINE-1]]:9: warning: the number of processes created here has no limit: one for each result of 'accept'
      // CHECK-NEXT: note: the loop is here
      // CHECK-NEXT: note: hand the work to a fixed number of processes
      serve(fd);
      _exit(0);
    }
    close(fd);
  }
}

#define WORKERS 4
void prefork_ok(int fd) {
  for (int i = 0; i < WORKERS; i++) {
    if (fork() == 0) {
      serve(fd);
      exit(0);
    }
  }
}

void waited_ok(int listener) {
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    pid_t child = fork();
    if (child == 0) {
      serve(fd);
      _exit(0);
    }
    waitpid(child, NULL, 0);
  }
}
