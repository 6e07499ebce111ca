/* late_curl.c - libcurl, loaded by its first caller */
/* SPDX-License-Identifier: MIT */
/* Declared below: whether its handle is const depends on the version. */
#define curl_url_get undeclared
#include <curl/curl.h>
#undef curl_url_get
#include <stdarg.h>
#include <stddef.h>

#include "program/late.h"

/* These are macros that check the types of arguments. */
#undef curl_easy_getinfo
#undef curl_easy_setopt
#undef curl_multi_setopt

CURLUcode curl_url_get(const CURLU *url, CURLUPart part, char **text,
                       unsigned int flags);

/* clang-format off */
#define FUNCTIONS(F) \
  F(, void, curl_easy_cleanup, (CURL *easy), (easy)) \
  F(return, CURL *, curl_easy_init, (void), ()) \
  F(, void, curl_easy_reset, (CURL *easy), (easy)) \
  F(, void, curl_free, (void *memory), (memory)) \
  F(return, curl_mimepart *, curl_mime_addpart, (curl_mime *mime), (mime)) \
  F(return, CURLcode, curl_mime_data, \
    (curl_mimepart *part, const char *bytes, size_t length), \
    (part, bytes, length)) \
  F(return, CURLcode, curl_mime_filedata, \
    (curl_mimepart *part, const char *name), (part, name)) \
  F(return, CURLcode, curl_mime_filename, \
    (curl_mimepart *part, const char *name), (part, name)) \
  F(, void, curl_mime_free, (curl_mime *mime), (mime)) \
  F(return, curl_mime *, curl_mime_init, (CURL *easy), (easy)) \
  F(return, CURLcode, curl_mime_name, (curl_mimepart *part, const char *name), \
    (part, name)) \
  F(return, CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *easy), \
    (multi, easy)) \
  F(return, CURLMcode, curl_multi_assign, \
    (CURLM *multi, curl_socket_t fd, void *user), (multi, fd, user)) \
  F(return, CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi)) \
  F(return, CURLMsg *, curl_multi_info_read, (CURLM *multi, int *left), \
    (multi, left)) \
  F(return, CURLM *, curl_multi_init, (void), ()) \
  F(return, CURLMcode, curl_multi_perform, (CURLM *multi, int *running), \
    (multi, running)) \
  F(return, CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *easy), \
    (multi, easy)) \
  F(return, CURLMcode, curl_multi_socket_action, \
    (CURLM *multi, curl_socket_t fd, int events, int *running), \
    (multi, fd, events, running)) \
  F(, void, curl_url_cleanup, (CURLU *url), (url)) \
  F(return, CURLUcode, curl_url_get, \
    (const CURLU *url, CURLUPart part, char **text, unsigned int flags), \
    (url, part, text, flags)) \
  F(return, CURLUcode, curl_url_set, \
    (CURLU *url, CURLUPart part, const char *text, unsigned int flags), \
    (url, part, text, flags))
/* clang-format on */

FUNCTIONS(LATE_FUNCTION)

static CURLcode (*late_curl_global_init)(long);
static const char *(*late_curl_easy_strerror)(CURLcode);
static CURLU *(*late_curl_url)(void);
static CURLcode (*late_curl_easy_getinfo)(CURL *, CURLINFO, ...);
static CURLcode (*late_curl_easy_setopt)(CURL *, CURLoption, ...);
static CURLMcode (*late_curl_multi_setopt)(CURLM *, CURLMoption, ...);

static const late_function functions[] = {
    /* clang-format off */
    FUNCTIONS(LATE_FUNCTION_ROW)
    LATE_ROW(curl_global_init)
    LATE_ROW(curl_easy_strerror)
    LATE_ROW(curl_url)
    LATE_ROW(curl_easy_getinfo)
    LATE_ROW(curl_easy_setopt)
    LATE_ROW(curl_multi_setopt)
    {NULL, NULL},
    /* clang-format on */
};

static late_library library = {RACKSPACE_LIBCURL, "libcurl (Debian: libcurl4)",
                               functions, 0, ""};

/* ---- functions that need no handle -------------------------------------- */

/* All others take a handle, which there is only once the library is loaded. */

CURLcode curl_global_init(long flags)
{
  return late_load(&library) == NULL ? late_curl_global_init(flags)
                                     : CURLE_FAILED_INIT;
}

CURLU *curl_url(void)
{
  return late_load(&library) == NULL ? late_curl_url() : NULL;
}

const char *curl_easy_strerror(CURLcode code)
{
  const char *message = late_load(&library);
  return message == NULL ? late_curl_easy_strerror(code) : message;
}

/* ---- functions of any type of argument ---------------------------------- */

/* A long, a curl_off_t, a pointer and a pointer to a function are passed alike
   where all are of one size; CMakeLists.txt links the library elsewhere. */
typedef char one_size[sizeof(long) == sizeof(void *) &&
                              sizeof(curl_off_t) == sizeof(void *)
                          ? 1
                          : -1];

/* NOLINTBEGIN(bugprone-macro-parentheses): types can't have any */
#define VARIADIC(type, name, handle_type, option_type)    \
  type name(handle_type *handle, option_type option, ...) \
  {                                                       \
    va_list values;                                       \
    void *value;                                          \
    va_start(values, option);                             \
    value = va_arg(values, void *);                       \
    va_end(values);                                       \
    return late_##name(handle, option, value);            \
  }

VARIADIC(CURLcode, curl_easy_getinfo, CURL, CURLINFO)
VARIADIC(CURLcode, curl_easy_setopt, CURL, CURLoption)
VARIADIC(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)
/* NOLINTEND(bugprone-macro-parentheses) */
