/* answer.c - an answer as libmicrohttpd sends it */
/* SPDX-License-Identifier: MIT */
#include "httpd/answer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/regular.h"

static int is_length(const httpd_header *header)
{
  return ascii_equal(header->name, MHD_HTTP_HEADER_CONTENT_LENGTH);
}

/* libmicrohttpd sets these itself. */
static int is_framing(const httpd_header *header)
{
  if (ascii_equal(header->name, MHD_HTTP_HEADER_CONNECTION))
    return !ascii_equal(header->value, "close");
  return is_length(header) ||
         ascii_equal(header->name, MHD_HTTP_HEADER_TRANSFER_ENCODING);
}

/* libmicrohttpd sends no length with 204, as HTTP has it. Some servers do: it
   is sent where the answer has it, and is 0. */
static int add_no_length(struct MHD_Response *response)
{
  return MHD_set_response_options(response,
                                  MHD_RF_INSANITY_HEADER_CONTENT_LENGTH,
                                  MHD_RO_END) == MHD_YES &&
                 MHD_add_response_header(
                     response, MHD_HTTP_HEADER_CONTENT_LENGTH, "0") == MHD_YES
             ? 0
             : -1;
}

/* libmicrohttpd refuses an empty value; a space is read as one. */
static int add_header(struct MHD_Response *response, unsigned status,
                      const httpd_header *header)
{
  const char *value = header->value_length > 0 ? header->value : " ";
  if (status == MHD_HTTP_NO_CONTENT && is_length(header))
    return add_no_length(response);
  if (is_framing(header))
    return 0;
  return MHD_add_response_header(response, header->name, value) == MHD_YES ? 0
                                                                           : -1;
}

static struct MHD_Response *response_from_file(const char *path, char *message)
{
  struct MHD_Response *response = NULL;
  const char *problem = "not enough memory";
  struct stat status;
  int file = regular_open(path, &status, &problem);
  if (file >= 0)
    response = MHD_create_response_from_fd64((uint64_t)status.st_size, file);
  if (response == NULL) {
    snprintf(message, HTTPD_MESSAGE, "cannot send %s: %s", regular_shown(path),
             problem);
    if (file >= 0)
      close(file);
  }
  return response;
}

static struct MHD_Response *response_from_bytes(const char *bytes,
                                                size_t length, char *message)
{
  struct MHD_Response *response = MHD_create_response_from_buffer(
      length, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
  if (response == NULL)
    snprintf(message, HTTPD_MESSAGE, "not enough memory");
  return response;
}

struct MHD_Response *answer_make(const httpd_answer *answer,
                                 char message[HTTPD_MESSAGE])
{
  struct MHD_Response *response =
      answer->file != NULL
          ? response_from_file(answer->file, message)
          : response_from_bytes(answer->body, answer->length, message);
  size_t i;
  for (i = 0; response != NULL && i < answer->header_count; i++)
    if (add_header(response, answer->status, &answer->headers[i]) != 0) {
      snprintf(message, HTTPD_MESSAGE, "the header %.100s cannot be sent",
               answer->headers[i].name);
      MHD_destroy_response(response);
      response = NULL;
    }
  return response;
}
