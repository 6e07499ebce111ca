/* late_httpd.c - libmicrohttpd, loaded with the module rackspace.httpd */
/* SPDX-License-Identifier: MIT */
#include "program/late_httpd.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "program/late.h"

#undef MHD_run_from_select /* a macro since libmicrohttpd 1.0 */

/* The variadic ones take no further argument for what is asked here. */
/* clang-format off */
#define FUNCTIONS(F) \
  F(return, enum MHD_Result, MHD_add_response_header, \
    (struct MHD_Response *response, const char *name, const char *value), \
    (response, name, value)) \
  F(return, struct MHD_Response *, MHD_create_response_from_buffer, \
    (size_t size, void *bytes, enum MHD_ResponseMemoryMode mode), \
    (size, bytes, mode)) \
  F(return, struct MHD_Response *, MHD_create_response_from_fd64, \
    (uint64_t size, int fd), (size, fd)) \
  F(, void, MHD_destroy_response, (struct MHD_Response *response), (response)) \
  F(return, const union MHD_ConnectionInfo *, MHD_get_connection_info, \
    (struct MHD_Connection *connection, enum MHD_ConnectionInfoType type, \
     ...), \
    (connection, type)) \
  F(return, int, MHD_get_connection_values_n, \
    (struct MHD_Connection *connection, enum MHD_ValueKind kind, \
     MHD_KeyValueIteratorN iterator, void *user), \
    (connection, kind, iterator, user)) \
  F(return, const union MHD_DaemonInfo *, MHD_get_daemon_info, \
    (struct MHD_Daemon *daemon, enum MHD_DaemonInfoType type, ...), \
    (daemon, type)) \
  F(return, enum MHD_Result, MHD_get_fdset2, \
    (struct MHD_Daemon *daemon, fd_set *readable, fd_set *writable, \
     fd_set *failed, MHD_socket *highest, unsigned int size), \
    (daemon, readable, writable, failed, highest, size)) \
  F(return, enum MHD_Result, MHD_get_timeout, \
    (struct MHD_Daemon *daemon, MHD_UNSIGNED_LONG_LONG *timeout), \
    (daemon, timeout)) \
  F(return, enum MHD_Result, MHD_is_feature_supported, \
    (enum MHD_FEATURE feature), (feature)) \
  F(return, const char *, MHD_lookup_connection_value, \
    (struct MHD_Connection *connection, enum MHD_ValueKind kind, \
     const char *key), \
    (connection, kind, key)) \
  F(return, enum MHD_Result, MHD_queue_response, \
    (struct MHD_Connection *connection, unsigned int status, \
     struct MHD_Response *response), \
    (connection, status, response)) \
  F(, void, MHD_resume_connection, (struct MHD_Connection *connection), \
    (connection)) \
  F(return, enum MHD_Result, MHD_run, (struct MHD_Daemon *daemon), (daemon)) \
  F(return, enum MHD_Result, MHD_run_from_select, \
    (struct MHD_Daemon *daemon, const fd_set *readable, \
     const fd_set *writable, const fd_set *failed), \
    (daemon, readable, writable, failed)) \
  F(return, enum MHD_Result, MHD_set_response_options, \
    (struct MHD_Response *response, enum MHD_ResponseFlags flags, ...), \
    (response, flags, MHD_RO_END)) \
  F(, void, MHD_stop_daemon, (struct MHD_Daemon *daemon), (daemon)) \
  F(, void, MHD_suspend_connection, (struct MHD_Connection *connection), \
    (connection))
/* clang-format on */

FUNCTIONS(LATE_FUNCTION)

static struct MHD_Daemon *(*late_MHD_start_daemon_va)(unsigned int, uint16_t,
                                                      MHD_AcceptPolicyCallback,
                                                      void *,
                                                      MHD_AccessHandlerCallback,
                                                      void *, va_list);

static const late_function functions[] = {
    /* clang-format off */
    FUNCTIONS(LATE_FUNCTION_ROW)
    LATE_ROW(MHD_start_daemon_va)
    {NULL, NULL},
    /* clang-format on */
};

static late_library library = {RACKSPACE_LIBMICROHTTPD,
                               "libmicrohttpd (Debian: libmicrohttpd12)",
                               functions, 0, ""};

struct MHD_Daemon *MHD_start_daemon(unsigned int flags, uint16_t port,
                                    MHD_AcceptPolicyCallback accept,
                                    void *accept_user,
                                    MHD_AccessHandlerCallback handler,
                                    void *handler_user, ...)
{
  struct MHD_Daemon *daemon;
  va_list options;
  va_start(options, handler_user);
  daemon = late_MHD_start_daemon_va(flags, port, accept, accept_user, handler,
                                    handler_user, options);
  va_end(options);
  return daemon;
}

const char *late_httpd_load(void)
{
  return late_load(&library);
}
