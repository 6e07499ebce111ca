/* confined.c - runs confined scripts under limits, for specs */
/* SPDX-License-Identifier: MIT */

/* confined [instructions=N] [seconds=S] [memory=BYTES] [SETTING=VALUE]... --
     SCRIPT...

   Runs the scripts, each a text, one after the other in one rackspace, on its
   sandbox unless a setting says otherwise. Prints "ok" for each, or its error's
   kind and the message. Scripts have host(...), which returns its arguments as
   a list. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rackspace.h"

enum { MOST_SETTINGS = 20 };

static const char *settings[2 * MOST_SETTINGS + 1] = {"sandbox", "true"};
static rackspace_options options = RACKSPACE_OPTIONS;

static int host(void *user, const char *arguments, const char **result)
{
  (void)user;
  *result = arguments;
  return 0;
}

static int is_limit(const char *text)
{
  const char *value = strchr(text, '=') + 1;
  if (strncmp(text, "instructions=", 13) == 0)
    options.instructions = strtoul(value, NULL, 10);
  else if (strncmp(text, "seconds=", 8) == 0)
    options.seconds = strtod(value, NULL);
  else if (strncmp(text, "memory=", 7) == 0)
    options.memory = strtoul(value, NULL, 10);
  else
    return 0;
  return 1;
}

static void read_option(char *text)
{
  static int count = 1;
  char *equals = strchr(text, '=');
  if (equals == NULL || count == MOST_SETTINGS)
    exit(2);
  if (is_limit(text))
    return;
  *equals = '\0';
  settings[2 * count] = text;
  settings[2 * count + 1] = equals + 1;
  count++;
}

int main(int argc, char **argv)
{
  rackspace *rs;
  int i = 1;
  for (; i < argc && strcmp(argv[i], "--") != 0; i++)
    read_option(argv[i]);
  setlocale(LC_ALL, ""); /* as programs with a window do */
  options.settings = settings;
  options.libraries = RACKSPACE_BASE;
  rs = rackspace_new(&options);
  if (rs == NULL)
    perror("rackspace_new");
  if (rs == NULL || rackspace_register(rs, "host", host, NULL) != 0)
    return 1;
  for (i++; i < argc; i++)
    if (rackspace_run_string(rs, argv[i]) == 0)
      puts("ok");
    else
      printf("%s: %s\n", rackspace_error(rs)->kind,
             rackspace_error(rs)->message);
  rackspace_free(rs);
  return 0;
}
