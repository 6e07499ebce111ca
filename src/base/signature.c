/* signature.c - the X-Api-Signature header of the Email & Apps API */
/* SPDX-License-Identifier: MIT */
#include "base/signature.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/secret.h"

enum { SHA1_SIZE = 20, SHA1_BASE64_SIZE = 28 };

/* Hashes the parts one after another, as if they were joined. */
static int sha1_of(const char *const parts[], unsigned char digest[SHA1_SIZE])
{
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int ok = context != NULL && EVP_DigestInit_ex(context, EVP_sha1(), NULL);
  for (; ok && *parts != NULL; parts++)
    ok = EVP_DigestUpdate(context, *parts, strlen(*parts));
  ok = ok && EVP_DigestFinal_ex(context, digest, NULL);
  EVP_MD_CTX_free(context);
  return ok;
}

int signature_make(buffer *out, const char *user_key, const char *user_agent,
                   const char *timestamp, const char *secret_key)
{
  const char *parts[] = {user_key, user_agent, timestamp, secret_key, NULL};
  const char *value[6] = {user_key, ":", timestamp, ":"};
  unsigned char digest[SHA1_SIZE];
  char base64[SHA1_BASE64_SIZE + 1];
  int status;
  if (!sha1_of(parts, digest))
    return BUFFER_MEMORY;
  EVP_EncodeBlock((unsigned char *)base64, digest, SHA1_SIZE);
  value[4] = base64;
  status = buffer_add_all(out, value);
  secret_wipe(base64, sizeof base64);
  return status;
}

int signature_timestamp(double seconds, char text[15])
{
  date_parts utc;
  if (date_split(seconds, &utc) != 0)
    return -1;
  snprintf(text, 15, "%04u%02u%02u%02u%02u%02u", utc.year % 10000,
           utc.month % 100, utc.day % 100, utc.hour % 100, utc.minute % 100,
           utc.second % 100);
  return 0;
}
