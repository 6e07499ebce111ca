/* secret.c - wiping and comparing of secret bytes */
/* SPDX-License-Identifier: MIT */
#include "base/secret.h"

#include <openssl/crypto.h>

void secret_wipe(void *bytes, size_t length)
{
  if (bytes != NULL && length > 0)
    OPENSSL_cleanse(bytes, length);
}

int secret_equal(const void *a, size_t a_length, const void *b, size_t b_length)
{
  return a_length == b_length && CRYPTO_memcmp(a, b, a_length) == 0;
}
