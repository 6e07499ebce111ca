/* tickets.c - watches the tickets and prints the new ones */
/* SPDX-License-Identifier: MIT */

/* tickets [seconds [rule.lua]]: reads the open tickets every so many seconds. A
   confined script decides which ones to print. Without an account of your own:
   RACKSPACE_SANDBOX=1 ./tickets */
#include <poll.h>
#include <rackspace.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static rackspace *watched;

/* The function `tell` of the script: prints its arguments. */
static int tell(void *user, const char *arguments, const char **result)
{
  (void)result;
  ++*(int *)user;
  puts(arguments);
  return 0;
}

static void on_signal(int number)
{
  (void)number;
  rackspace_interrupt(watched); /* NOLINT(bugprone-signal-handler) */
}

static int fail(void)
{
  const rackspace_fault *fault = rackspace_error(watched);
  fprintf(stderr, "tickets: %s: %s\n", fault->kind, fault->message);
  return -1;
}

static const char rule[] =
    "seen = seen or {}\n"
    "for ticket in rs.tickets:list() do\n"
    "  if ticket.status ~= 'closed' and not seen[ticket.ticketId] then\n"
    "    seen[ticket.ticketId] = true\n"
    "    tell(ticket.ticketId, ticket.subject)\n"
    "  end\n"
    "end\n";

static int look(const char *path)
{
  int status = path != NULL ? rackspace_run_file(watched, path)
                            : rackspace_run_string(watched, rule);
  return status == 0 ? 0 : fail();
}

int main(int argc, char **argv)
{
  static const char *const allow[] = {"tickets.list", "tickets.get", NULL};
  rackspace_options options = RACKSPACE_OPTIONS;
  int seconds = argc > 1 ? atoi(argv[1]) : 0, told = 0, status;
  options.allow = allow;
  options.memory = 64 << 20;
  options.seconds = 60;
  watched = rackspace_new(&options);
  if (watched == NULL) {
    perror("tickets");
    return EXIT_FAILURE;
  }
  signal(SIGINT, on_signal);
  signal(SIGTERM, on_signal);
  status = rackspace_register(watched, "tell", tell, &told);
  while (status == 0 && (status = look(argc > 2 ? argv[2] : NULL)) == 0 &&
         seconds > 0)
    if (poll(NULL, 0, seconds * 1000) < 0)
      break; /* a signal */
  if (status == 0)
    printf("%d told\n", told);
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  rackspace_free(watched);
  return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
