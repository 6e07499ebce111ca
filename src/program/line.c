/* line.c - reads lines from a terminal, edited by libedit where there is one */
/* SPDX-License-Identifier: MIT */
#include "program/line.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { LINE_LIMIT = 1 << 16, PROMPT_LIMIT = 256, HISTORY_LIMIT = 1000 };

#ifdef RACKSPACE_LIBEDIT

#include <histedit.h>
#include <locale.h>
#include <sys/stat.h>
#include <wchar.h>

#include "base/regular.h"

/* An input character that redraws the line; no key sends it. */
#define REDRAW "\037"

struct line {
  EditLine *editor; /* NULL: lines are not edited */
  History *history; /* NULL: lines are not edited */
  mbstate_t state;  /* of the character that is being read */
  line_event event; /* why editing stopped, if has_event */
  int is_open;      /* a line is being edited */
  int has_event;    /* a key or the end of input has stopped editing */
  int behind;       /* characters after the cursor; see stop_at_end */
  int is_shown;     /* line_show has printed below the line */
  size_t length;    /* of text */
  char prompt[PROMPT_LIMIT];
  char text[LINE_LIMIT];
};

static volatile sig_atomic_t resized;

static void on_resize(int number)
{
  (void)number;
  resized = 1;
}

static line *line_of(EditLine *editor)
{
  void *data = NULL;
  el_get(editor, EL_CLIENTDATA, &data);
  return data;
}

static char *show_prompt(EditLine *editor)
{
  return line_of(editor)->prompt;
}

static void stop(line *l, line_event event)
{
  l->event = event;
  l->has_event = 1;
}

/* Stops with the cursor at the end of the line, so that what is printed next
   appears below it. open_text and line_edit move it back. */
static unsigned char stop_at_end(EditLine *editor, line_event event)
{
  line *l = line_of(editor);
  const LineInfoW *info = el_wline(editor);
  l->behind = (int)(info->lastchar - info->cursor);
  el_cursor(editor, l->behind);
  stop(l, event);
  return CC_CURSOR;
}

static int is_pasted(void)
{
  struct pollfd input = {STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) > 0;
}

/* A TAB that indents a line of pasted text does not ask for completions. */
static unsigned char on_tab(EditLine *editor, int key)
{
  const LineInfoW *info = el_wline(editor);
  (void)key;
  if (is_pasted() && (info->cursor == info->buffer || info->cursor[-1] == L' '))
    return el_insertstr(editor, "  ") == 0 ? CC_REFRESH : CC_ERROR;
  return stop_at_end(editor, LINE_COMPLETE);
}

static unsigned char on_open(EditLine *editor, int key)
{
  (void)key;
  if (el_insertstr(editor, "(") != 0)
    return CC_ERROR;
  if (!is_pasted())
    stop(line_of(editor), LINE_HINT);
  return CC_REFRESH;
}

static unsigned char on_interrupt(EditLine *editor, int key)
{
  (void)key;
  return stop_at_end(editor, LINE_INTERRUPT);
}

/* Ctrl-D ends the input on an empty line; otherwise it deletes a character. */
static unsigned char on_end(EditLine *editor, int key)
{
  const LineInfoW *info = el_wline(editor);
  (void)key;
  if (info->lastchar == info->buffer) {
    stop(line_of(editor), LINE_END);
    return CC_NORM;
  }
  if (info->cursor == info->lastchar)
    return CC_ERROR;
  el_cursor(editor, 1);
  el_deletestr(editor, 1);
  return CC_REFRESH;
}

/* Restores the terminal's own mode while the program is stopped. */
static unsigned char on_suspend(EditLine *editor, int key)
{
  (void)key;
  el_set(editor, EL_PREP_TERM, 0);
  raise(SIGTSTP);
  el_set(editor, EL_PREP_TERM, 1);
  return CC_REDISPLAY;
}

static unsigned char on_redraw(EditLine *editor, int key)
{
  (void)editor;
  (void)key;
  return CC_REFRESH;
}

/* Adds a byte to the character that is being read. Returns 1 when that is
   complete; an invalid one becomes a question mark. */
static int add_byte(line *l, char byte, wchar_t *character)
{
  size_t used = mbrtowc(character, &byte, 1, &l->state);
  if (used == (size_t)-2)
    return 0;
  if (used != (size_t)-1)
    return 1;
  memset(&l->state, 0, sizeof l->state);
  *character = L'?';
  return 1;
}

/* Any signal but the change of the terminal's size stops reading. */
static int read_character(EditLine *editor, wchar_t *character)
{
  line *l = line_of(editor);
  char byte;
  ssize_t count;
  do {
    count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR && resized) {
      resized = 0;
      el_resize(editor);
      continue;
    }
    if (count <= 0) {
      stop(l, count < 0 && errno == EINTR ? LINE_INTERRUPT : LINE_END);
      return -1;
    }
  } while (count < 0 || !add_byte(l, byte, character));
  return 1;
}

/* A function is added by its wide name: libedit keeps the pointer to that one,
   while it leaks the copy it makes of a narrow name. */
typedef struct binding {
  const wchar_t *wide;
  const char *name, *key;
  unsigned char (*function)(EditLine *, int);
} binding;

static const binding bindings[] = {
    {L"rackspace-complete", "rackspace-complete", "^I", on_tab},
    {L"rackspace-open", "rackspace-open", "(", on_open},
    {L"rackspace-interrupt", "rackspace-interrupt", "^C", on_interrupt},
    {L"rackspace-end", "rackspace-end", "^D", on_end},
    {L"rackspace-suspend", "rackspace-suspend", "^Z", on_suspend},
    {L"rackspace-redraw", "rackspace-redraw", REDRAW, on_redraw},
};

static void bind_keys(EditLine *editor)
{
  size_t i;
  for (i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
    el_wset(editor, EL_ADDFN, bindings[i].wide, bindings[i].wide,
            bindings[i].function);
    el_set(editor, EL_BIND, bindings[i].key, bindings[i].name, NULL);
  }
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_set(editor, EL_BIND, "\\e[1;5C", "em-next-word", NULL);
  el_set(editor, EL_BIND, "\\e[1;5D", "ed-prev-word", NULL);
  el_set(editor, EL_BIND, "\\e[3~", "ed-delete-next-char", NULL);
}

enum { PATH_LIMIT = 4096, PLACE_SIZE = 32 };

/* Whether nobody but this user and root can have written a file. */
static int is_trusted(const struct stat *status)
{
  return (status->st_uid == geteuid() || status->st_uid == 0) &&
         (status->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Reads the settings of libedit, EDITRC or ~/.editrc, which can bind a key to a
   line of code: not from the working directory, and none that others can write.
   They are read from the descriptor that was judged. */
static void read_settings(EditLine *editor)
{
  char path[PATH_LIMIT], place[PLACE_SIZE];
  const char *named = getenv("EDITRC"), *home = getenv("HOME"), *problem;
  int has_name = named != NULL && *named != '\0', fd = -1, length;
  struct stat status;
  length = snprintf(path, sizeof path, "%s%s",
                    has_name       ? named
                    : home != NULL ? home
                                   : "",
                    has_name ? "" : "/.editrc");
  if (*path == '/' && length < PATH_LIMIT)
    fd = regular_open(path, &status, &problem);
  if (fd < 0)
    return;
  snprintf(place, sizeof place, "/dev/fd/%d", fd);
  if (is_trusted(&status))
    el_source(editor, place);
  close(fd);
}

/* -isig makes the keys that send signals ordinary keys while a line is edited.
 */
static void set_up(line *l)
{
  HistEvent event;
  EditLine *editor = l->editor;
  el_set(editor, EL_CLIENTDATA, l);
  el_set(editor, EL_PROMPT_ESC, show_prompt, '\1');
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_SIGNAL, 0);
  el_set(editor, EL_GETCFN, read_character);
  el_set(editor, EL_HIST, history, l->history);
  history(l->history, &event, H_SETSIZE, HISTORY_LIMIT);
  read_settings(editor);
  el_set(editor, EL_SETTY, "-d", "-isig", NULL);
  bind_keys(editor);
}

static int can_edit(void)
{
  const char *terminal = getenv("TERM");
  return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && terminal != NULL &&
         *terminal != '\0' && strcmp(terminal, "dumb") != 0;
}

/* Sets LC_CTYPE alone: another locale's decimal comma would get into JSON. The
   C locale, also called POSIX, is replaced by UTF-8, for which no name is known
   to every system. */
static void choose_locale(void)
{
  static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8",
                                      "UTF-8", NULL};
  const char *given = setlocale(LC_CTYPE, "");
  const char *const *name = names;
  if (given != NULL && strcmp(given, "C") != 0 && strcmp(given, "POSIX") != 0)
    return;
  while (*name != NULL && setlocale(LC_CTYPE, *name) == NULL)
    name++;
}

line *line_new(void)
{
  line *l = calloc(1, sizeof *l);
  if (l == NULL || !can_edit())
    return l;
  choose_locale();
  l->history = history_init();
  l->editor = el_init("rackspace", stdin, stdout, stderr);
  if (l->history == NULL || l->editor == NULL) {
    line_free(l);
    return NULL;
  }
  set_up(l);
  return l;
}

void line_free(line *l)
{
  if (l == NULL)
    return;
  if (l->editor != NULL)
    el_end(l->editor);
  if (l->history != NULL)
    history_end(l->history);
  free(l);
}

int line_is_edited(const line *l)
{
  return l->editor != NULL;
}

static void watch_size(struct sigaction *before)
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = on_resize;
  sigaction(SIGWINCH, &action, before);
}

static void begin(line *l)
{
  if (!l->is_open) {
    l->is_open = 1;
    l->behind = 0;
    memset(&l->state, 0, sizeof l->state);
    el_resize(l->editor);
    el_set(l->editor, EL_UNBUFFERED, 1);
  } else if (l->is_shown) {
    el_set(l->editor, EL_REFRESH);
  } else {
    el_push(l->editor, REDRAW);
  }
  l->has_event = l->is_shown = 0;
}

/* Whether the line ends in a newline; if so, copies it without that to text. */
static int has_newline(line *l)
{
  const LineInfo *info = el_line(l->editor);
  size_t length = (size_t)(info->lastchar - info->buffer);
  if (length == 0 || info->lastchar[-1] != '\n')
    return 0;
  l->length = length - 1 < LINE_LIMIT ? length - 1 : LINE_LIMIT - 1;
  memcpy(l->text, info->buffer, l->length);
  return 1;
}

/* A line from the history may contain newlines. Only one at the end, which was
   just typed, completes the line. */
static line_event read_edited(line *l, const char *prompt)
{
  struct sigaction before;
  int count;
  snprintf(l->prompt, sizeof l->prompt, "%s", prompt);
  watch_size(&before);
  begin(l);
  do {
    el_gets(l->editor, &count);
    if (!l->has_event && has_newline(l))
      stop(l, LINE_WHOLE);
  } while (!l->has_event);
  if (l->event != LINE_COMPLETE && l->event != LINE_HINT) {
    l->is_open = 0;
    el_set(l->editor, EL_UNBUFFERED, 0);
  }
  sigaction(SIGWINCH, &before, NULL);
  return l->event;
}

static const char *open_text(line *l, size_t *length, size_t *cursor)
{
  const LineInfo *info;
  el_cursor(l->editor, -l->behind);
  l->behind = 0;
  info = el_line(l->editor);
  *length = (size_t)(info->lastchar - info->buffer);
  *cursor = (size_t)(info->cursor - info->buffer);
  return info->buffer;
}

void line_edit(line *l, int erased, const char *text)
{
  if (!l->is_open)
    return;
  el_cursor(l->editor, -l->behind);
  l->behind = 0;
  el_deletestr(l->editor, erased);
  if (el_insertstr(l->editor, text) != 0)
    el_beep(l->editor);
}

void line_show(line *l, const char *text)
{
  if (!l->is_open)
    return;
  printf("\r\n%s\r\n", text);
  fflush(stdout);
  l->is_shown = 1;
}

void line_remember(line *l, const char *entry)
{
  HistEvent event;
  int found;
  if (l->history == NULL)
    return;
  found = history(l->history, &event, H_FIRST);
  while (found == 0 && strcmp(event.str, entry) != 0)
    found = history(l->history, &event, H_NEXT);
  if (found == 0)
    history(l->history, &event, H_DEL, event.num);
  history(l->history, &event, H_ENTER, entry);
}

#else

struct line {
  int is_open; /* always 0: there is no editor */
  size_t length;
  char text[LINE_LIMIT];
};

line *line_new(void)
{
  return calloc(1, sizeof(line));
}

void line_free(line *l)
{
  free(l);
}

int line_is_edited(const line *l)
{
  (void)l;
  return 0;
}

void line_edit(line *l, int erased, const char *text)
{
  (void)l;
  (void)erased;
  (void)text;
}

void line_show(line *l, const char *text)
{
  (void)l;
  (void)text;
}

void line_remember(line *l, const char *entry)
{
  (void)l;
  (void)entry;
}

static line_event read_edited(line *l, const char *prompt)
{
  (void)l;
  (void)prompt;
  return LINE_END;
}

static const char *open_text(line *l, size_t *length, size_t *cursor)
{
  *length = *cursor = l->length;
  return l->text;
}

#endif

/* Bytes beyond `size` are discarded. */
static line_event read_bytes(char *text, size_t size, size_t *length)
{
  int byte;
  clearerr(stdin);
  *length = 0;
  while ((byte = getchar()) != EOF && byte != '\n')
    if (*length < size - 1)
      text[(*length)++] = (char)byte;
  text[*length] = '\0';
  if (byte == EOF && ferror(stdin) && errno == EINTR)
    return LINE_INTERRUPT;
  return byte == EOF && *length == 0 ? LINE_END : LINE_WHOLE;
}

static line_event read_plain(line *l, const char *prompt)
{
  fputs(prompt, stdout);
  fflush(stdout);
  return read_bytes(l->text, LINE_LIMIT, &l->length);
}

/* Switches the echo off, and Ctrl-Z too, which would leave the shell without an
   echo. Returns whether the terminal was changed; `saved` is its mode before.
 */
static int hide_typing(struct termios *saved)
{
  struct termios hidden;
  if (tcgetattr(STDIN_FILENO, saved) != 0)
    return 0;
  hidden = *saved;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  hidden.c_lflag |= ECHONL;
  hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
  return tcsetattr(STDIN_FILENO, TCSADRAIN, &hidden) == 0;
}

line_event line_read_hidden(const char *prompt, char *text, size_t size)
{
  struct termios saved;
  size_t length;
  int is_hidden = hide_typing(&saved);
  line_event event;
  fputs(prompt, stderr);
  event = read_bytes(text, size, &length);
  if (is_hidden)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
  return event;
}

line_event line_read(line *l, const char *prompt)
{
  return line_is_edited(l) ? read_edited(l, prompt) : read_plain(l, prompt);
}

const char *line_text(line *l, size_t *length, size_t *cursor)
{
  if (l->is_open)
    return open_text(l, length, cursor);
  *length = *cursor = l->length;
  return l->text;
}

int line_size(int *columns, int *rows)
{
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}
