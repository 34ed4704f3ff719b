// RUN: %check %s -- -std=c11 -pthread
// The same in C: pthreads and C11 threads.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <threads.h>
#include <unistd.h>

void *serve(void *);
int run(void *);
struct request { struct request *next; int id; };

void accept_loop_bad(int listener) {
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) {
      perror("accept");
      continue;
    }
    pthread_t t;
    if (pthread_create(&t, NULL, serve, (void *)(long)fd) != 0) {
      // CHECK: pthread.c:[[@LINE-1]]:9: warning: the number of threads created here has no limit: one for each result of 'accept'
      // CHECK-NEXT: :[[@LINE-9]]:3: note: the loop is here
      close(fd);
      continue;
    }
    pthread_detach(t);
  }
}

pthread_t last;
void accept_condition_bad(int listener) {
  int fd;
  while ((fd = accept(listener, NULL, NULL)) != -1)
    pthread_create(&last, NULL, serve, (void *)(long)fd);
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each result of 'accept'
}

void list_bad(struct request *head) {
  pthread_t t;
  for (struct request *r = head; r != NULL; r = r->next)
    pthread_create(&t, NULL, serve, r);
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'r'
  struct request *q = head;
  while (q) {
    pthread_create(&t, NULL, serve, q);
    // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'q'
    q = q->next;
  }
}

void array_bad(struct request *requests, size_t n) {
  pthread_t *t = malloc(n * sizeof *t);
  for (size_t i = 0; i < n; i++)
    pthread_create(&t[i], NULL, serve, &requests[i]);
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each element of 'requests'
  for (size_t i = 0; i < n; i++)
    pthread_join(t[i], NULL);
}

int main(int argc, char **argv) {
  pthread_t *t = calloc(argc, sizeof *t);
  int i;
  for (i = 1; i < argc; i++)
    pthread_create(&t[i], NULL, serve, argv[i]);
  // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: as many as 'argc' says
  for (i = 1; i < argc; i++)
    pthread_join(t[i], NULL);
}

void lines_bad(FILE *in) {
  char line[100];
  while (fgets(line, sizeof line, in)) {
    thrd_t t;
    thrd_create(&t, run, NULL);
    // CHECK: :[[@LINE-1]]:5: warning: {{.*}}: one for each result of 'fgets'
    thrd_detach(t);
  }
}

#define HUGE_NUMBER 500
void many_bad(void) {
  static pthread_t t[HUGE_NUMBER];
  for (int i = 0; i < HUGE_NUMBER; i++)
    pthread_create(&t[i], NULL, serve, NULL);
  // CHECK: :[[@LINE-1]]:5: warning: 500 threads are created here, more than 64
}

#define NUM_THREADS 100
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
struct pool { pthread_t *threads; int thread_count; int size; };
void workers_ok(struct pool *pool, int nworkers) {
  pthread_t t[NUM_THREADS], few[5];
  int i;
  for (i = 0; i < NUM_THREADS; i++)
    pthread_create(&t[i], NULL, serve, NULL);
  for (i = 0; i < pool->thread_count; i++)
    pthread_create(&pool->threads[i], NULL, serve, NULL);
  for (i = 0; i < pool->size; i++)
    pthread_create(&pool->threads[i], NULL, serve, NULL);
  for (i = 0; i < nworkers; i++)
    pthread_create(&t[i], NULL, serve, NULL);
  for (i = 0; i < ARRAY_SIZE(few); i++)
    pthread_create(&few[i], NULL, serve, NULL);
  long cores = sysconf(_SC_NPROCESSORS_ONLN), n = cores;
  for (i = 0; i < n; i++)
    pthread_create(&t[i], NULL, serve, NULL);
  for (i = 0; i < sysconf(_SC_NPROCESSORS_ONLN) && i < 100; i++)
    pthread_create(&t[i], NULL, serve, NULL);
}

void number_ok(int n) {
  pthread_t *t = malloc(n * sizeof *t);
  for (int i = 0; i < n; i++)
    pthread_create(&t[i], NULL, serve, NULL);
}

sem_t permits;
void semaphore_ok(int listener) {
  while (1) {
    int fd = accept(listener, NULL, NULL);
    sem_wait(&permits);
    pthread_t t;
    pthread_create(&t, NULL, serve, (void *)(long)fd);
    pthread_detach(t);
  }
}

void joined_ok(struct request *head) {
  for (; head; head = head->next) {
    pthread_t t;
    pthread_create(&t, NULL, serve, head);
    pthread_join(t, NULL);
  }
}

pthread_mutex_t mu;
pthread_cond_t cond;
int active;
void counted_ok(int listener) {
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    pthread_mutex_lock(&mu);
    while (active >= 20)
      pthread_cond_wait(&cond, &mu);
    active++;
    pthread_mutex_unlock(&mu);
    pthread_t t;
    pthread_create(&t, NULL, serve, (void *)(long)fd);
  }
}

#define MAX_CLIENTS 50
int clients;
void refused_ok(int listener) {
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (clients >= MAX_CLIENTS) {
      close(fd);
      continue;
    }
    pthread_t t;
    pthread_create(&t, NULL, serve, (void *)(long)fd);
  }
}

// A state machine that starts its thread once.
enum state { START, WAIT, DONE };
void machine_ok(enum state s) {
  pthread_t t;
  for (;;) {
    switch (s) {
    case START:
      pthread_create(&t, NULL, serve, NULL);
      return;
    case WAIT:
      s = START;
      continue;
    default:
      return;
    }
  }
}

static void start_thread(int fd) {
  pthread_t t;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&t, &attr, serve, (void *)(long)fd);
}
void helper_bad(int listener) {
  int fd;
  while (1) {
    if ((fd = accept(listener, NULL, NULL)) < 0)
      break;
    start_thread(fd);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'start_thread' creates a thread, {{.*}}: one for each result of 'accept'
    // CHECK: :[[@LINE-9]]:3: note: 'start_thread' creates a thread here
  }
}

// Ends by goto, begins by goto.
void goto_ok(int listener) {
  int fd;
  while (1) {
    fd = accept(listener, NULL, NULL);
    if (fd < 0)
      continue;
    pthread_t t;
    pthread_create(&t, NULL, serve, NULL);
    goto out;
  }
out:
  close(fd);
}

struct range { int *begin, *end; };
void *sort_bad(void *p) {
  struct range *r = p, left, right;
  pthread_t a, b;
  if (r->end - r->begin < 2)
    return NULL;
  left.begin = r->begin;
  right.end = r->end;
  left.end = right.begin = r->begin + (r->end - r->begin) / 2;
  pthread_create(&a, NULL, sort_bad, &left);
  // CHECK: :[[@LINE-1]]:3: warning: {{.*}}: one in each call of 'sort_bad'
  pthread_create(&b, NULL, sort_bad, &right);
  // CHECK: :[[@LINE-1]]:3: warning: {{.*}}: one in each call of 'sort_bad'
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  return NULL;
}

void FN_goto_loop(int listener) {
again:;
  int fd = accept(listener, NULL, NULL);
  pthread_t t;
  pthread_create(&t, NULL, serve, (void *)(long)fd);
  goto again; // only loop statements are looked at
}
