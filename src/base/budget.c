/* budget.c - limits on how long a script runs, and its interruption */
/* SPDX-License-Identifier: MIT */
#include "base/budget.h"

#include <math.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"

int budget_open(budget *b)
{
  memset(b, 0, sizeof *b);
  return wake_open(&b->wake);
}

void budget_close(budget *b)
{
  wake_close(&b->wake);
}

void budget_enter(budget *b, int is_counted)
{
  if (b->depth++ > 0)
    return;
  wake_renew(&b->wake); /* without it, an interrupt ends no wait */
  b->is_counted = is_counted;
  b->left = b->instructions;
  b->until = clock_monotonic() + b->seconds;
  b->lap = 0;
}

/* In this order an interrupt that comes in between is kept. */
static void take_interrupt(budget *b)
{
  wake_clear(&b->wake);
  __atomic_store_n(&b->interrupted, 0, __ATOMIC_SEQ_CST);
}

budget_end budget_leave(budget *b)
{
  budget_end end = b->end;
  if (--b->depth > 0)
    return end;
  b->end = BUDGET_OPEN;
  if (end == BUDGET_INTERRUPTED)
    take_interrupt(b);
  return end;
}

static budget_end count(budget *b, double instructions)
{
  b->left -= instructions;
  if (b->instructions > 0 && !(b->left >= 0))
    return BUDGET_INSTRUCTIONS;
  if (b->seconds > 0 && clock_monotonic() >= b->until)
    return BUDGET_SECONDS;
  return BUDGET_OPEN;
}

budget_end budget_charge(budget *b, double instructions)
{
  if (b->end != BUDGET_OPEN)
    return b->end;
  if (__atomic_load_n(&b->interrupted, __ATOMIC_SEQ_CST))
    b->end = BUDGET_INTERRUPTED;
  else if (b->depth > 0 && b->is_counted)
    b->end = count(b, instructions);
  return b->end;
}

budget_end budget_foresee(budget *b, double seconds)
{
  if (b->end == BUDGET_OPEN && b->depth > 0 && b->is_counted &&
      b->seconds > 0 && clock_monotonic() + seconds >= b->until)
    b->end = BUDGET_SECONDS;
  return b->end;
}

double budget_clock(const budget *b)
{
  return b->instructions > 0 ? clock_thread() : clock_monotonic();
}

double budget_lap(budget *b)
{
  double before = b->lap;
  b->lap = budget_clock(b);
  return before > 0 ? b->lap - before : 0;
}

void budget_exempt(budget *b, double seconds)
{
  if (b->lap > 0)
    b->lap += seconds;
}

void budget_interrupt(budget *b)
{
  __atomic_store_n(&b->interrupted, 1, __ATOMIC_SEQ_CST);
  wake_signal(&b->wake);
}

int budget_fd(const budget *b)
{
  return wake_fd(&b->wake);
}

double budget_wait(const budget *b, double seconds)
{
  double left;
  if (b->depth == 0 || !b->is_counted || b->seconds <= 0)
    return seconds;
  left = b->until - clock_monotonic();
  return left < seconds ? fmax(left, 0) : seconds;
}

static int milliseconds(double seconds)
{
  return seconds < 86400 ? (int)ceil(seconds * 1000) : 86400000;
}

void budget_sleep(const budget *b, double seconds)
{
  struct pollfd entry = {budget_fd(b), POLLIN, 0};
  poll(&entry, 1, milliseconds(budget_wait(b, seconds)));
}

int budget_wait_to_write(const budget *b, int fd)
{
  struct pollfd entries[2] = {{budget_fd(b), POLLIN, 0}, {fd, POLLOUT, 0}};
  poll(entries, 2, milliseconds(budget_wait(b, HUGE_VAL)));
  return fd < 0 || entries[1].revents != 0;
}

const char *budget_text(budget_end end)
{
  static const char *const texts[] = {"", "interrupted",
                                      "the script has used up its instructions",
                                      "the script has used up its time"};
  return texts[end];
}
