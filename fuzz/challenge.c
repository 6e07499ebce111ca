/* challenge.c - parses WWW-Authenticate headers */
/* SPDX-License-Identifier: MIT */
#include "base/challenge.h"

#include <string.h>

#include "fuzz.h"

static void expect_inside(const challenge_text *text, const char *from,
                          const char *to)
{
  fuzz_expect(text->bytes >= from && text->bytes <= to &&
                  text->length <= (size_t)(to - text->bytes),
              "a string is inside the bytes that were read");
}

static void expect_token(const challenge_text *text)
{
  size_t i;
  fuzz_expect(text->length > 0, "a name is not empty");
  for (i = 0; i < text->length; i++)
    fuzz_expect(text->bytes[i] != '\0' &&
                    strchr(" \t,=\"'", text->bytes[i]) == NULL,
                "a name holds no delimiter");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const char *at = (const char *)data, *end = at + size, *before = at;
  challenge_text name, value;
  at = challenge_scheme(at, end, &name);
  while (at != NULL) {
    fuzz_expect(at > before && at <= end, "every step advances");
    expect_inside(&name, before, at);
    expect_token(&name);
    before = at;
    at = challenge_next(at, end, &name, &value);
    if (at != NULL)
      expect_inside(&value, name.bytes + name.length, at);
  }
  return 0;
}
