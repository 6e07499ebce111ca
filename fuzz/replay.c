/* replay.c - runs a target on files, without libFuzzer */
/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

enum { LONGEST = 1 << 20 };

/* The copy has the input's exact size, so that a sanitizer notices a read
   past its end. */
static void run_bytes(const uint8_t *bytes, size_t size)
{
  uint8_t *copy = malloc(size + (size == 0));
  fuzz_expect(copy != NULL, "there is memory for an input");
  memcpy(copy, bytes, size);
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

static void run_file(const char *path)
{
  static uint8_t bytes[LONGEST];
  FILE *file = fopen(path, "rb");
  fuzz_expect(file != NULL, "a file of the corpus can be read");
  run_bytes(bytes, fread(bytes, 1, sizeof bytes, file));
  fclose(file);
}

static int run_folder(const char *folder)
{
  char path[4096];
  const struct dirent *entry;
  DIR *dir = opendir(folder);
  int count = 0;
  fuzz_expect(dir != NULL, "the corpus can be opened");
  while ((entry = readdir(dir)) != NULL) {
    if (entry->d_name[0] == '.')
      continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    run_file(path);
    count++;
  }
  closedir(dir);
  return count;
}

int main(int argc, char **argv)
{
  int count;
  if (argc != 2) {
    fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  count = run_folder(argv[1]);
  printf("%d inputs\n", count);
  return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
