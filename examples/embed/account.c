/* account.c - a C program that reads one account */
/* SPDX-License-Identifier: MIT */
#include <rackspace.h>
#include <stdio.h>

/* Without an account of your own: RACKSPACE_SANDBOX=1 ./account */
int main(void)
{
  rackspace *rs = rackspace_new(NULL);
  const char *account;
  int failed = rs == NULL || rackspace_call(rs, "accounts.get",
                                            "[\"CLOUD/10101\"]", &account) != 0;
  if (failed)
    fprintf(stderr, "%s\n",
            rs != NULL ? rackspace_error(rs)->message : "not enough memory");
  else
    puts(account);
  rackspace_free(rs);
  return failed;
}
