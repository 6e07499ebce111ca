/* challenge.c - reads a WWW-Authenticate header */
/* SPDX-License-Identifier: MIT */
#include "base/challenge.h"

#include <string.h>

static int is_space(char c)
{
  return c == ' ' || c == '\t';
}

static const char *skip_spaces(const char *at, const char *end)
{
  while (at < end && (is_space(*at) || *at == ','))
    at++;
  return at;
}

/* A token of RFC 9110; only what ends one is checked. */
static const char *skip_token(const char *at, const char *end)
{
  while (at < end && !is_space(*at) && strchr(",='\"", *at) == NULL)
    at++;
  return at;
}

static void take(challenge_text *text, const char *from, const char *to)
{
  text->bytes = from;
  text->length = (size_t)(to - from);
}

const char *challenge_scheme(const char *value, const char *end,
                             challenge_text *scheme)
{
  const char *from = skip_spaces(value, end);
  const char *to = skip_token(from, end);
  if (to == from || (to < end && !is_space(*to) && *to != ','))
    return NULL;
  take(scheme, from, to);
  return to;
}

/* The closing quote for the one at `at`, or NULL. A backslash escapes the next
   byte between double quotes only. */
static const char *closing_quote(const char *at, const char *end)
{
  const char quote = *at;
  for (at++; at < end && *at != quote; at++)
    if (*at == '\\' && quote == '"' && at + 1 < end)
      at++;
  return at < end ? at : NULL;
}

static const char *read_value(const char *at, const char *end,
                              challenge_text *value)
{
  const char *close;
  if (at < end && (*at == '"' || *at == '\'')) {
    close = closing_quote(at, end);
    if (close == NULL)
      return NULL;
    take(value, at + 1, close);
    return close + 1;
  }
  for (close = at; close < end && !is_space(*close) && *close != ',';)
    close++;
  take(value, at, close);
  return close;
}

const char *challenge_next(const char *at, const char *end,
                           challenge_text *name, challenge_text *value)
{
  const char *from = skip_spaces(at, end);
  const char *to = skip_token(from, end);
  if (to == from || to == end || *to != '=')
    return NULL;
  take(name, from, to);
  return read_value(to + 1, end, value);
}
