/* threads_units.c - several states in several threads, for ThreadSanitizer */
/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "rackspace.h"
#include "unit.h"

enum { THREADS = 4, ROUNDS = 3 };

typedef struct worker {
  pthread_t thread;
  rackspace *rs;
  int failed, interrupted;
} worker;

static const char *const settings[] = {"sandbox", "true", NULL};

static rackspace *open_one(void)
{
  rackspace_options options = RACKSPACE_OPTIONS;
  options.settings = settings;
  options.libraries = RACKSPACE_BASE;
  options.instructions = 1000000000;
  return rackspace_new(&options);
}

/* Makes, uses and frees states of its own. */
static void *work(void *user)
{
  worker *w = user;
  int i;
  for (i = 0; i < ROUNDS; i++) {
    rackspace *rs = open_one();
    const char *result;
    w->failed +=
        rs == NULL ||
        rackspace_call(rs, "accounts.get", "[\"CLOUD/10101\"]", &result) != 0 ||
        rackspace_run_string(rs, "rs.tickets:list()()") != 0;
    rackspace_free(rs);
  }
  return NULL;
}

/* Runs for ever, were it not ended from another thread. */
static void *run_on(void *user)
{
  worker *w = user;
  w->interrupted = rackspace_run_string(w->rs, "while true do end") != 0 &&
                   strcmp(rackspace_error(w->rs)->kind, "cancelled") == 0;
  w->failed = rackspace_run_string(w->rs, "rs.tickets:list()()");
  return NULL;
}

static void each_thread_has_its_own(void **state)
{
  worker workers[THREADS] = {0};
  int i;
  (void)state;
  for (i = 0; i < THREADS; i++)
    assert_int_equal(
        pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
  for (i = 0; i < THREADS; i++) {
    pthread_join(workers[i].thread, NULL);
    assert_int_equal(workers[i].failed, 0);
  }
}

static void one_thread_interrupts_another(void **state)
{
  worker workers[THREADS] = {0};
  int i;
  (void)state;
  for (i = 0; i < THREADS; i++) {
    assert_non_null(workers[i].rs = open_one());
    assert_int_equal(
        pthread_create(&workers[i].thread, NULL, run_on, &workers[i]), 0);
  }
  for (i = 0; i < THREADS; i++)
    rackspace_interrupt(workers[i].rs);
  for (i = 0; i < THREADS; i++) {
    pthread_join(workers[i].thread, NULL);
    assert_int_equal(workers[i].interrupted, 1);
    assert_int_equal(workers[i].failed, 0);
    rackspace_free(workers[i].rs);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_thread_has_its_own),
      cmocka_unit_test(one_thread_interrupts_another),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
