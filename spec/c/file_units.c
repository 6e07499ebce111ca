/* file_units.c - units of file.c */
/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

enum { LIMIT = 64, PATH_SIZE = 256 };

static char folder[PATH_SIZE];

static int make_folder(void **state)
{
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/file_units.XXXXXX");
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
  assert_string_equal(file_read_private(folder, "file", &out), problem);
  assert_int_equal(out.length, 0);
  buffer_free(&out);
}

static void expect_text(const char *text)
{
  buffer out;
  buffer_init(&out, LIMIT);
  assert_null(file_read_private(folder, "file", &out));
  assert_string_equal(out.bytes, text);
  buffer_free(&out);
}

static void reads_what_it_wrote(void **state)
{
  struct stat status;
  (void)state;
  assert_null(file_write_private(folder, "file", LITERAL("first and longer")));
  assert_null(file_write_private(folder, "file", LITERAL("second")));
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
  assert_ptr_equal(file_read_private(folder, "file", &out), file_absent);
  assert_ptr_equal(file_read_private(path_of("none"), "file", &out),
                   file_absent);
  buffer_free(&out);
}

static void makes_folders_for_nobody_else(void **state)
{
  char path[PATH_SIZE * 2];
  struct stat status;
  (void)state;
  snprintf(path, sizeof path, "%s/a/b/", folder);
  umask(0);
  assert_null(file_write_private(path, "file", LITERAL("text")));
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
  assert_null(file_write_private(folder, "file", LITERAL("text")));
  chmod(path_of("file"), 0640);
  expect_problem("it is open to others (chmod 600 closes it)");
  chmod(path_of("file"), 0600);
  chmod(folder, 0710);
  expect_problem("it is open to others (chmod 700 closes it)");
  assert_string_equal(file_write_private(folder, "file", LITERAL("other")),
                      "it is open to others (chmod 700 closes it)");
  chmod(folder, 0700);
  expect_text("text");
}

static void refuses_what_is_somebody_elses(void **state)
{
  (void)state;
  if (geteuid() != 0)
    skip(); /* only root can give a file away */
  assert_null(file_write_private(folder, "file", LITERAL("text")));
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
  assert_non_null(file_write_private(folder, "file", LITERAL("text")));
  assert_int_equal(count_files(), 1);
}

static void follows_no_link(void **state)
{
  char path[PATH_SIZE * 2];
  buffer out;
  (void)state;
  assert_null(file_write_private(folder, "other", LITERAL("text")));
  assert_int_equal(symlink("other", path_of("file")), 0);
  expect_problem(strerror(ELOOP));
  assert_string_equal(file_write_private(folder, "file", LITERAL("new")),
                      "it is no plain file");
  assert_int_equal(unlink(path_of("file")), 0);
  assert_null(file_write_private(folder, "file", LITERAL("new")));
  expect_text("new");
  assert_int_equal(symlink(".", path_of("link")), 0);
  snprintf(path, sizeof path, "%s/link", folder);
  buffer_init(&out, LIMIT);
  assert_non_null(file_read_private(path, "file", &out));
  assert_int_equal(out.length, 0);
  buffer_free(&out);
}

static void reads_no_more_than_its_limit(void **state)
{
  char bytes[LIMIT + 1];
  (void)state;
  memset(bytes, 'x', sizeof bytes);
  assert_null(file_write_private(folder, "file", bytes, LIMIT + 1));
  expect_problem("it is too long");
}

/* The system says why, and no temporary file remains. */
static void leaves_nothing_of_what_it_could_not_write(void **state)
{
  char name[NAME_MAX + 2];
  (void)state;
  memset(name, 'n', NAME_MAX + 1);
  name[NAME_MAX + 1] = '\0';
  assert_string_equal(file_write_private(folder, name, LITERAL("text")),
                      strerror(ENAMETOOLONG));
  assert_string_equal(
      file_write_private("/dev/null/x", "file", LITERAL("text")),
      strerror(ENOTDIR));
  assert_int_equal(count_files(), 0);
  name[NAME_MAX] = '\0';
  assert_null(file_write_private(folder, name, LITERAL("text")));
}

static void makes_temporary_files(void **state)
{
  char one[PATH_SIZE * 2], other[PATH_SIZE * 2];
  struct stat status;
  (void)state;
  assert_null(file_make_temporary(folder, "t-", one, sizeof one));
  assert_null(file_make_temporary(folder, "t-", other, sizeof other));
  assert_string_not_equal(one, other);
  assert_memory_equal(one, path_of(""), strlen(path_of("")));
  assert_int_equal(stat(one, &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
  assert_int_equal(status.st_size, 0);
  assert_string_equal(file_make_temporary(folder, "t-", one, 8),
                      strerror(ENAMETOOLONG));
  assert_int_equal(count_files(), 2);
  assert_string_equal(file_make_temporary("/dev/null", "t-", one, sizeof one),
                      strerror(ENOTDIR));
}

/* ---- replacing ---- */

static void replace(const char *path, const char *text)
{
  const char *problem = NULL;
  file_writer *writer = file_replace(path, 0, &problem);
  assert_null(problem);
  assert_non_null(writer);
  assert_null(file_write(writer, text, strlen(text)));
  assert_null(file_commit(writer, 1));
}

static void expect_refusal(const char *path, const char *problem)
{
  const char *given = NULL;
  assert_null(file_replace(path, 0, &given));
  assert_string_equal(given, problem);
}

static void replaces_a_file_when_it_is_committed(void **state)
{
  const char *problem;
  struct stat status;
  file_writer *writer;
  (void)state;
  replace(path_of("file"), "old");
  chmod(path_of("file"), 0644);
  writer = file_replace(path_of("file"), 0, &problem);
  assert_non_null(writer);
  assert_null(file_write(writer, LITERAL("new, ")));
  assert_null(file_write(writer, LITERAL("longer")));
  assert_int_equal(count_files(), 2);
  assert_null(file_commit(writer, 0));
  expect_text("new, longer");
  assert_int_equal(stat(path_of("file"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0600);
  assert_int_equal(count_files(), 1);
}

static void leaves_the_old_file_when_it_is_discarded(void **state)
{
  const char *problem;
  file_writer *writer;
  (void)state;
  replace(path_of("file"), "old");
  writer = file_replace(path_of("file"), 0, &problem);
  assert_null(file_write(writer, LITERAL("half")));
  file_discard(writer);
  file_discard(NULL);
  expect_text("old");
  assert_int_equal(count_files(), 1);
}

/* A child that ends must not take away what its parent is still writing. */
static void leaves_the_temporary_file_of_another_process(void **state)
{
  const char *problem;
  file_writer *writer = file_replace(path_of("file"), 0, &problem);
  int status = 0;
  pid_t child;
  (void)state;
  assert_null(file_write(writer, LITERAL("text")));
  child = fork();
  if (child == 0) {
    file_discard(writer);
    _exit(0);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(count_files(), 1);
  child = fork();
  if (child == 0)
    _exit(file_commit(writer, 0) != NULL);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(WEXITSTATUS(status), 1);
  assert_null(file_commit(writer, 0));
  expect_text("text");
}

static void writes_through_links(void **state)
{
  struct stat status;
  (void)state;
  assert_int_equal(mkdir(path_of("kept"), 0755), 0);
  replace(path_of("kept/config"), "old");
  assert_int_equal(symlink("kept/config", path_of("link")), 0);
  assert_int_equal(symlink("link", path_of("file")), 0);
  replace(path_of("file"), "new");
  assert_int_equal(lstat(path_of("file"), &status), 0);
  assert_true(S_ISLNK(status.st_mode));
  assert_int_equal(lstat(path_of("link"), &status), 0);
  assert_true(S_ISLNK(status.st_mode));
  assert_int_equal(stat(path_of("file"), &status), 0);
  assert_int_equal(status.st_size, 3);
  assert_int_equal(count_files(), 3);
  unlink(path_of("kept/config"));
  replace(path_of("file"), "made"); /* the link led nowhere */
  assert_int_equal(stat(path_of("kept/config"), &status), 0);
  assert_int_equal(status.st_size, 4);
}

static void follows_no_endless_or_foreign_link(void **state)
{
  (void)state;
  assert_int_equal(symlink("file", path_of("file")), 0);
  expect_refusal(path_of("file"), strerror(ELOOP));
  if (geteuid() != 0)
    return; /* only root can give a link away */
  unlink(path_of("file"));
  assert_int_equal(symlink("other", path_of("file")), 0);
  assert_int_equal(lchown(path_of("file"), 65534, 65534), 0);
  expect_refusal(path_of("file"), "it is another user's symbolic link");
}

static void writes_into_what_is_no_regular_file(void **state)
{
  struct stat status;
  char text[8] = "";
  int fd;
  (void)state;
  replace("/dev/null", "gone");
  assert_int_equal(stat("/dev/null", &status), 0);
  assert_true(S_ISCHR(status.st_mode));
  assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
  fd = open(path_of("pipe"), O_RDONLY | O_NONBLOCK);
  replace(path_of("pipe"), "text");
  assert_int_equal(read(fd, text, sizeof text), 4);
  assert_string_equal(text, "text");
  close(fd);
  assert_int_equal(count_files(), 1);
}

static void says_why_it_cannot_replace(void **state)
{
  char long_path[5000];
  (void)state;
  expect_refusal(folder, strerror(EISDIR));
  expect_refusal(path_of("none/file"), strerror(ENOENT));
  expect_refusal(path_of("none/"), strerror(EISDIR));
  expect_refusal("", strerror(ENOENT));
  memset(long_path, 'x', sizeof long_path - 1);
  long_path[sizeof long_path - 1] = '\0';
  expect_refusal(long_path, strerror(ENAMETOOLONG));
  assert_int_equal(count_files(), 0);
}

static void says_that_a_disk_is_full(void **state)
{
  const char *problem;
  file_writer *writer = file_replace("/dev/full", 0, &problem);
  (void)state;
  assert_non_null(writer);
  assert_string_equal(file_write(writer, LITERAL("text")), strerror(ENOSPC));
  file_discard(writer);
}

/* ---- reading ---- */

static void reads_with_the_facts_of_the_file(void **state)
{
  file_facts facts;
  buffer out;
  (void)state;
  replace(path_of("target"), "text");
  chmod(path_of("target"), 0640);
  assert_int_equal(symlink("target", path_of("file")), 0);
  buffer_init(&out, LIMIT);
  assert_null(file_read(path_of("file"), &out, &facts));
  assert_string_equal(out.bytes, "text");
  assert_int_equal(facts.mode, 0640);
  assert_int_equal((int)facts.size, 4);
  assert_true(facts.is_trusted);
  if (geteuid() == 0) {
    assert_int_equal(chown(path_of("target"), 65534, 65534), 0);
    assert_null(file_read(path_of("file"), &out, &facts));
    assert_false(facts.is_trusted);
  }
  buffer_free(&out);
}

static void reads_regular_files_only(void **state)
{
  file_facts facts;
  buffer out;
  (void)state;
  buffer_init(&out, LIMIT);
  assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
  assert_string_equal(file_read(path_of("pipe"), &out, &facts),
                      "not a regular file");
  assert_string_equal(file_read(folder, &out, &facts), strerror(EISDIR));
  assert_ptr_equal(file_read(path_of("none"), &out, &facts), file_absent);
  assert_ptr_equal(file_read(path_of("pipe/none"), &out, &facts), file_absent);
  assert_string_equal(file_read("/dev/zero", &out, &facts),
                      "not a regular file");
  assert_int_equal(out.length, 0);
  buffer_free(&out);
}

/* ---- locks ---- */

static void locks_a_folder_once(void **state)
{
  const char *problem;
  int lock = file_lock(path_of("new/folder"), &problem), other;
  struct stat status;
  (void)state;
  assert_true(lock >= 0);
  assert_int_equal(stat(path_of("new/folder"), &status), 0);
  assert_int_equal(status.st_mode & 07777, 0700);
  other = file_lock(path_of("new/folder"), &problem);
  assert_int_equal(other, -1);
  assert_string_equal(problem, "another program is changing it");
  file_unlock(lock);
  lock = file_lock(path_of("new/folder"), &problem);
  assert_true(lock >= 0);
  assert_int_equal(fcntl(lock, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  file_unlock(lock);
  assert_int_equal(file_lock("/dev/null/x", &problem), -1);
  assert_string_equal(problem, strerror(ENOTDIR));
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
      UNIT(makes_temporary_files),
      UNIT(replaces_a_file_when_it_is_committed),
      UNIT(leaves_the_old_file_when_it_is_discarded),
      UNIT(leaves_the_temporary_file_of_another_process),
      UNIT(writes_through_links),
      UNIT(follows_no_endless_or_foreign_link),
      UNIT(writes_into_what_is_no_regular_file),
      UNIT(says_why_it_cannot_replace),
      UNIT(says_that_a_disk_is_full),
      UNIT(reads_with_the_facts_of_the_file),
      UNIT(reads_regular_files_only),
      UNIT(locks_a_folder_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
