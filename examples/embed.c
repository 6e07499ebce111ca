/* embed.c - a C program that asks for one account, by librackspace */
/* SPDX-License-Identifier: MIT */
#include <rackspace.h>
#include <stdio.h>

/* Without an account of your own: RACKSPACE_SANDBOX=1 ./embed */
static const char script[] =
    "local rs = assert(require('rackspace').new())\n"
    "local account = assert(rs.accounts:get('CLOUD/10101'))\n"
    "print(account.number, account.name, account.status)\n";

int main(void)
{
  rackspace *rs = rackspace_new();
  int failed = rs == NULL || rackspace_run_string(rs, script) != 0;
  if (failed)
    fprintf(stderr, "%s\n", rs ? rackspace_error(rs) : "not enough memory");
  rackspace_free(rs);
  return failed;
}
