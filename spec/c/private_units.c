/* private_units.c - units of private.c */
/* SPDX-License-Identifier: MIT */
#include "base/private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

enum { LIMIT = 64, PATH_SIZE = 256 };

static char folder[PATH_SIZE];

static int make_folder(void **state)
{
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/private_units.XXXXXX");
  return mkdtemp(folder) == NULL;
}

static const char *path_of(const char *name)
{
  static char path[PATH_SIZE * 2];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static int count_files(void)
{
  DIR *place = opendir(folder);
  int count = -2; /* "." and ".." */
  assert_non_null(place);
  while (readdir(place) != NULL)
    count++;
  closedir(place);
  return count;
}

static int remove_folder(void **state)
{
  char command[PATH_SIZE * 2];
  (void)state;
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  return system(command);
}

static void expect_problem(const char *problem)
{
  buffer out;
  buffer_init(&out, LIMIT);
  assert_string_equal(private_read(folder, "file", &out), problem);
  assert_int_equal(out.length, 0);
  buffer_free(&out);
}

static void expect_text(const char *text)
{
  buffer out;
  buffer_init(&out, LIMIT);
  assert_null(private_read(folder, "file", &out));
  assert_string_equal(out.bytes, text);
  buffer_free(&out);
}

static void reads_what_it_wrote(void **state)
{
  struct stat status;
  (void)state;
  assert_null(private_write(folder, "file", LITERAL("first and longer")));
  assert_null(private_write(folder, "file", LITERAL("second")));
  expect_text("second");
  assert_int_equal(stat(path_of("file"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
  assert_int_equal(count_files(), 1);
}

static void tells_what_is_not_there(void **state)
{
  buffer out;
  (void)state;
  buffer_init(&out, LIMIT);
  assert_ptr_equal(private_read(folder, "file", &out), private_absent);
  assert_ptr_equal(private_read(path_of("none"), "file", &out), private_absent);
  buffer_free(&out);
}

static void makes_folders_for_nobody_else(void **state)
{
  char path[PATH_SIZE * 2];
  struct stat status;
  (void)state;
  snprintf(path, sizeof path, "%s/a/b/", folder);
  umask(0);
  assert_null(private_write(path, "file", LITERAL("text")));
  umask(022);
  assert_int_equal(stat(path_of("a"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0700);
  assert_int_equal(stat(path_of("a/b"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0700);
  assert_int_equal(stat(path_of("a/b/file"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
}

static void refuses_what_others_can_reach(void **state)
{
  (void)state;
  assert_null(private_write(folder, "file", LITERAL("text")));
  chmod(path_of("file"), 0640);
  expect_problem("it is open to others (chmod 600 closes it)");
  chmod(path_of("file"), 0600);
  chmod(folder, 0710);
  expect_problem("it is open to others (chmod 700 closes it)");
  assert_string_equal(private_write(folder, "file", LITERAL("other")),
                      "it is open to others (chmod 700 closes it)");
  chmod(folder, 0700);
  expect_text("text");
}

static void refuses_what_is_somebody_elses(void **state)
{
  (void)state;
  if (geteuid() != 0)
    skip(); /* only root can give a file away */
  assert_null(private_write(folder, "file", LITERAL("text")));
  assert_int_equal(chown(path_of("file"), 65534, 65534), 0);
  expect_problem("it belongs to somebody else");
  assert_int_equal(chown(folder, 65534, 65534), 0);
  expect_problem("it belongs to somebody else");
}

static void refuses_what_is_no_plain_file(void **state)
{
  (void)state;
  assert_int_equal(mkfifo(path_of("file"), 0600), 0);
  expect_problem("it is no plain file");
  assert_int_equal(unlink(path_of("file")), 0);
  assert_int_equal(mkdir(path_of("file"), 0700), 0);
  expect_problem("it is no plain file");
  assert_non_null(private_write(folder, "file", LITERAL("text")));
  assert_int_equal(count_files(), 1);
}

static void follows_no_link(void **state)
{
  char path[PATH_SIZE * 2];
  buffer out;
  (void)state;
  assert_null(private_write(folder, "other", LITERAL("text")));
  assert_int_equal(symlink("other", path_of("file")), 0);
  expect_problem(strerror(ELOOP));
  assert_null(private_write(folder, "file", LITERAL("new")));
  expect_text("new");
  assert_int_equal(symlink(".", path_of("link")), 0);
  snprintf(path, sizeof path, "%s/link", folder);
  buffer_init(&out, LIMIT);
  assert_non_null(private_read(path, "file", &out));
  assert_int_equal(out.length, 0);
  buffer_free(&out);
}

static void reads_no_more_than_its_limit(void **state)
{
  char bytes[LIMIT + 1];
  (void)state;
  memset(bytes, 'x', sizeof bytes);
  assert_null(private_write(folder, "file", bytes, LIMIT + 1));
  expect_problem("it is too long");
}

/* The system says why; what was there stays, and nothing is left beside it. */
static void leaves_nothing_of_what_it_could_not_write(void **state)
{
  char name[LIMIT * 4];
  (void)state;
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  assert_string_equal(private_write(folder, name, LITERAL("text")),
                      strerror(ENAMETOOLONG));
  assert_string_equal(private_write("/dev/null/x", "file", LITERAL("text")),
                      strerror(ENOTDIR));
  assert_int_equal(count_files(), 0);
}

static void makes_files_beside(void **state)
{
  char one[PATH_SIZE * 2], other[PATH_SIZE * 2];
  struct stat status;
  (void)state;
  assert_null(private_beside(path_of("page"), one, sizeof one));
  assert_null(private_beside(path_of("page"), other, sizeof other));
  assert_string_not_equal(one, other);
  assert_memory_equal(one, path_of("page."), strlen(path_of("page.")));
  assert_int_equal(stat(one, &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
  assert_int_equal(status.st_size, 0);
  unlink(one);
  unlink(other);
  assert_string_equal(private_beside(path_of("page"), one, 8),
                      strerror(ENAMETOOLONG));
  assert_string_equal(private_beside("/dev/null/page", one, sizeof one),
                      strerror(ENOTDIR));
}

#define UNIT(function) \
  cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

int main(void)
{
  const struct CMUnitTest tests[] = {
      UNIT(reads_what_it_wrote),
      UNIT(tells_what_is_not_there),
      UNIT(makes_folders_for_nobody_else),
      UNIT(refuses_what_others_can_reach),
      UNIT(refuses_what_is_somebody_elses),
      UNIT(refuses_what_is_no_plain_file),
      UNIT(follows_no_link),
      UNIT(reads_no_more_than_its_limit),
      UNIT(leaves_nothing_of_what_it_could_not_write),
      UNIT(makes_files_beside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
