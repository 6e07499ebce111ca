/* columns.c - measures strings in terminal columns */
/* SPDX-License-Identifier: MIT */
#include "base/columns.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const char *text = (const char *)data;
  size_t all, most, bytes, columns, rest, last = 0;
  fuzz_expect(columns_fit(text, size, SIZE_MAX, &all) == size,
              "the whole string fits into unlimited columns");
  for (most = 0; most < all + 2 && most < 64; most++) {
    bytes = columns_fit(text, size, most, &columns);
    fuzz_expect(columns <= most && bytes <= size,
                "a part that fits is not too wide");
    fuzz_expect(bytes >= last, "more columns never hold fewer bytes");
    last = bytes;
    fuzz_expect(columns_fit(text, bytes, SIZE_MAX, &rest) == bytes &&
                    rest == columns,
                "a prefix has the same width by itself");
    columns_fit(text + bytes, size - bytes, SIZE_MAX, &rest);
    fuzz_expect(columns + rest == all, "the widths of both parts add up");
  }
  for (most = 0; most < size + 2 && most < 64; most++) {
    bytes = columns_cut(text, size, most);
    columns_fit(text, bytes, SIZE_MAX, &columns);
    columns_fit(text + bytes, size - bytes, SIZE_MAX, &rest);
    fuzz_expect(bytes <= most && columns + rest == all,
                "a part of so many bytes ends between characters");
  }
  return 0;
}
