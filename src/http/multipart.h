/* multipart.h - a multipart/form-data request body */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_MULTIPART_H
#define RACKSPACE_MULTIPART_H

#include <curl/curl.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

typedef struct multipart_part multipart_part;

/* All fields zero: a body without parts. */
typedef struct multipart {
  multipart_part *first; /* set by multipart_add_*; NULL: no parts */
  curl_mime *mime;       /* set by multipart_set; NULL before */
} multipart;

/* Adds a part with the given bytes, which are copied. The filename may be
   NULL. Returns 0, or -1 when there is no memory. */
int multipart_add_value(multipart *m, const char *name, const char *filename,
                        const void *bytes, size_t length);

/* Adds a part with the content of a file, which is read while the request is
   sent. Returns 0, -1 when there is no memory, or -2 when the file is not a
   regular file that can be read (errno says why). */
int multipart_add_file(multipart *m, const char *name, const char *filename,
                       const char *path);

/* Makes the parts the request body of a handle. CURLE_READ_ERROR: the file of
   a part could not be read. */
CURLcode multipart_set(multipart *m, CURL *easy);

/* Frees the parts. The handle must not be sent afterwards. */
void multipart_free(multipart *m);

#pragma GCC visibility pop

#endif
