/* digest.c - SHA-256 and HMAC-SHA256 */
/* SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { DIGEST_SIZE = 32 };

static void write_hex(const unsigned char digest[DIGEST_SIZE], char *hex)
{
  static const char digits[] = "0123456789abcdef";
  int i;
  for (i = 0; i < DIGEST_SIZE; i++) {
    *hex++ = digits[digest[i] >> 4];
    *hex++ = digits[digest[i] & 15];
  }
  *hex = '\0';
}

int digest_sha256(const void *bytes, size_t length, char hex[DIGEST_HEX + 1])
{
  unsigned char digest[DIGEST_SIZE];
  if (!EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL))
    return -1;
  write_hex(digest, hex);
  return 0;
}

int digest_hmac(const void *key, size_t key_length, const void *bytes,
                size_t length, char hex[DIGEST_HEX + 1])
{
  unsigned char digest[DIGEST_SIZE];
  if (key_length > INT_MAX || HMAC(EVP_sha256(), key, (int)key_length, bytes,
                                   length, digest, NULL) == NULL)
    return -1;
  write_hex(digest, hex);
  return 0;
}
