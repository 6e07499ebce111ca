/* answer.c - an answer as libmicrohttpd sends it */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "httpd/httpd_parts.h"

const char *httpd_header_fault(const httpd_header *header)
{
  static const char separators[] = "()<>@,;:\\\"/[]?={}";
  size_t i;
  if (header->name_length == 0)
    return "its name is empty";
  for (i = 0; i < header->name_length; i++)
    if (header->name[i] <= ' ' || header->name[i] > '~' ||
        strchr(separators, header->name[i]) != NULL)
      return "its name holds a character that is not allowed";
  for (i = 0; i < header->value_length; i++)
    if (strchr("\r\n", header->value[i]) != NULL) /* finds a NUL, too */
      return "its value holds a CR, an LF or a NUL";
  return NULL;
}

static int is_framing(const httpd_header *header)
{
  if (strcasecmp(header->name, MHD_HTTP_HEADER_CONNECTION) == 0)
    return strcasecmp(header->value, "close") != 0;
  return strcasecmp(header->name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0 ||
         strcasecmp(header->name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0;
}

/* libmicrohttpd refuses an empty value; a space reads as one. */
static int add_header(struct MHD_Response *response, const httpd_header *header)
{
  const char *value = header->value_length > 0 ? header->value : " ";
  if (is_framing(header))
    return 0;
  return MHD_add_response_header(response, header->name, value) == MHD_YES ? 0
                                                                           : -1;
}

/* Opened without waiting: the name could be a pipe's. */
static struct MHD_Response *response_from_file(const char *path, char *message)
{
  struct MHD_Response *response = NULL;
  struct stat facts;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int fine = file >= 0 && fstat(file, &facts) == 0;
  if (fine && S_ISREG(facts.st_mode))
    response = MHD_create_response_from_fd64((uint64_t)facts.st_size, file);
  if (response == NULL) {
    snprintf(message, HTTPD_MESSAGE, "cannot send %s: %s", path,
             !fine                    ? strerror(errno)
             : S_ISREG(facts.st_mode) ? "not enough memory"
                                      : "not a regular file");
    if (file >= 0)
      close(file);
  }
  return response;
}

struct MHD_Response *answer_from_bytes(const char *bytes, size_t length,
                                       char *message)
{
  struct MHD_Response *response = MHD_create_response_from_buffer(
      length, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
  if (response == NULL)
    snprintf(message, HTTPD_MESSAGE, "not enough memory");
  return response;
}

struct MHD_Response *answer_make(const httpd_answer *answer, char *message)
{
  struct MHD_Response *response =
      answer->file != NULL
          ? response_from_file(answer->file, message)
          : answer_from_bytes(answer->body, answer->length, message);
  size_t i;
  for (i = 0; response != NULL && i < answer->header_count; i++)
    if (add_header(response, &answer->headers[i]) != 0) {
      snprintf(message, HTTPD_MESSAGE, "the header %.100s cannot be sent",
               answer->headers[i].name);
      MHD_destroy_response(response);
      response = NULL;
    }
  return response;
}
