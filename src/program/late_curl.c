/* late_curl.c - libcurl's functions, for the program */
/* SPDX-License-Identifier: MIT */
#define curl_url_get undeclared /* headers differ in what of it is const */
#include <curl/curl.h>
#undef curl_url_get
#include <stdarg.h>
#include <stddef.h>

#include "program/late.h"

/* As functions, not as headers check their arguments. */
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
  F(return, const char *, curl_easy_strerror, (CURLcode code), (code)) \
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
static CURLU *(*late_curl_url)(void);
static CURLcode (*late_curl_easy_getinfo)(CURL *, CURLINFO, ...);
static CURLcode (*late_curl_easy_setopt)(CURL *, CURLoption, ...);
static CURLMcode (*late_curl_multi_setopt)(CURLM *, CURLMoption, ...);

static const late_function functions[] = {
    /* clang-format off */
    FUNCTIONS(LATE_ENTRY)
    LATE_PLACE(curl_global_init)
    LATE_PLACE(curl_url)
    LATE_PLACE(curl_easy_getinfo)
    LATE_PLACE(curl_easy_setopt)
    LATE_PLACE(curl_multi_setopt)
    {NULL, NULL},
    /* clang-format on */
};

static late_library library = {RACKSPACE_LIBCURL, functions, 0};

/* ---- what is called before there is a handle ---------------------------- */

CURLcode curl_global_init(long flags)
{
  late_load(&library);
  return late_curl_global_init(flags);
}

CURLU *curl_url(void)
{
  late_load(&library);
  return late_curl_url();
}

/* ---- values of any type -------------------------------------------------- */

CURLcode curl_easy_getinfo(CURL *easy, CURLINFO what, ...)
{
  va_list values;
  void *place;
  va_start(values, what);
  place = va_arg(values, void *);
  va_end(values);
  return late_curl_easy_getinfo(easy, what, place);
}

/* An option's number tells the type of its value. On POSIX a pointer to a
   function is passed like any other.
   NOLINTBEGIN(bugprone-macro-parentheses,bugprone-branch-clone): these are
   types, and branches that differ in no more */
#define OPTIONS(type, name, handle_type, option_type)                  \
  type name(handle_type *handle, option_type option, ...)              \
  {                                                                    \
    type code;                                                         \
    va_list values;                                                    \
    va_start(values, option);                                          \
    if (option < CURLOPTTYPE_OBJECTPOINT)                              \
      code = late_##name(handle, option, va_arg(values, long));        \
    else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB) \
      code = late_##name(handle, option, va_arg(values, curl_off_t));  \
    else                                                               \
      code = late_##name(handle, option, va_arg(values, void *));      \
    va_end(values);                                                    \
    return code;                                                       \
  }

OPTIONS(CURLcode, curl_easy_setopt, CURL, CURLoption)
OPTIONS(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)
/* NOLINTEND(bugprone-macro-parentheses,bugprone-branch-clone) */
