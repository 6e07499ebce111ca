/* header.c - what a header that is sent may hold */
/* SPDX-License-Identifier: MIT */
#include "base/header.h"

#include <string.h>

static int is_token_char(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') ||
         (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

const char *header_fault(const char *name, size_t name_length,
                         const char *value, size_t length)
{
  size_t i;
  if (name_length == 0)
    return "name is empty";
  for (i = 0; i < name_length; i++)
    if (!is_token_char(name[i]))
      return "name holds a character that is not allowed";
  for (i = 0; i < length; i++)
    if (value[i] == '\r' || value[i] == '\n' || value[i] == '\0')
      return "value holds a line break or a NUL";
  return NULL;
}
