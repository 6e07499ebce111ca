/* sink.c - a file that receives a response's body */
/* SPDX-License-Identifier: MIT */
#include "http/sink.h"

#include <stdlib.h>
#include <string.h>

int sink_set_path(sink *s, const char *path)
{
  char *copy = strdup(path);
  if (copy == NULL)
    return -1;
  free(s->path);
  s->path = copy;
  return 0;
}

static int result_of(sink *s, const char *problem)
{
  s->problem = problem;
  return problem == NULL ? 0 : -1;
}

/* The other transfers must not wait for the reader of a pipe. */
int sink_write(sink *s, const char *bytes, size_t length)
{
  int options = FILE_PROMPT | (s->is_new ? FILE_NEW : 0);
  const char *problem = NULL;
  if (s->writer == NULL)
    s->writer = file_replace(s->path, options, &problem);
  if (s->writer != NULL)
    problem = file_write(s->writer, bytes, length);
  if (problem == NULL)
    s->written += (double)length;
  return result_of(s, problem);
}

int sink_is_spent(const sink *s)
{
  return s->writer != NULL && s->written > 0 && file_is_in_place(s->writer);
}

/* Not synced: the other transfers must not wait for a disk. */
int sink_finish(sink *s, int takes)
{
  int status = 0;
  if (takes)
    status = sink_write(s, "", 0); /* an empty body makes an empty file */
  if (takes && status == 0)
    status = result_of(s, file_commit(s->writer, 0));
  else
    file_discard(s->writer);
  s->writer = NULL;
  return status;
}

void sink_free(sink *s)
{
  file_discard(s->writer);
  s->writer = NULL;
  free(s->path);
  s->path = NULL;
}
