#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static struct tickbook_editor_events events;
static int wake_ends[2] = {-1, -1};
static volatile sig_atomic_t resized;

// MARK: Waking

int tickbook_editor_wake_descriptor(void) { return wake_ends[0]; }

void tickbook_editor_wake(void) {
    int before = errno;
    // A full pipe wakes as well as one byte more would.
    ssize_t written = write(wake_ends[1], "", 1);
    (void)written;
    errno = before;
}

static void note_new_size(int number) {
    (void)number;
    resized = 1;
    tickbook_editor_wake();
}

bool tickbook_editor_woken(void) {
    char bytes[64];
    while (read(wake_ends[0], bytes, sizeof bytes) > 0) {}
    if (!resized) return false;
    resized = 0;
    rl_resize_terminal();
    return true;
}

static bool open_wake_pipe(void) {
    if (pipe(wake_ends) != 0) return false;
    for (int end = 0; end < 2; end++) {
        fcntl(wake_ends[end], F_SETFL, O_NONBLOCK);
        fcntl(wake_ends[end], F_SETFD, FD_CLOEXEC);
    }
    struct sigaction action = {.sa_handler = note_new_size, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    return sigaction(SIGWINCH, &action, NULL) == 0;
}

// MARK: The terminal

// Ctrl-C and Ctrl-\ come as keys, so that no signal can meet readline at work; Ctrl-Z too, since the terminal must be given back first.
static void take_terminal(int meta) {
    rl_prep_terminal(meta);
    struct termios modes;
    int input = fileno(rl_instream);
    if (tcgetattr(input, &modes) != 0) return;
    modes.c_lflag &= ~(tcflag_t)ISIG;
    tcsetattr(input, TCSADRAIN, &modes);
}

static int on_suspend(int count, int key) {
    (void)count, (void)key;
    tickbook_editor_leave();
    rl_deprep_terminal();
    kill(0, SIGTSTP);
    take_terminal(1);
    rl_resize_terminal();
    tickbook_editor_show();
    return 0;
}

// MARK: Keys

static int on_interrupt(int count, int key) {
    (void)count, (void)key;
    events.interrupted(events.context);
    return 0;
}

static int on_line_break(int count, int key) {
    (void)count, (void)key;
    return rl_insert_text("\n"), 0;
}

static int on_tab(int count, int key) {
    (void)count, (void)key;
    events.completing(events.context, rl_line_buffer, rl_point, rl_last_func == on_tab);
    return 0;
}

static int on_up(int count, int key) {
    if (events.above(events.context, rl_line_buffer)) return 0;
    return rl_get_previous_history(count, key);
}

static void on_line(char *text) {
    rl_callback_handler_remove();
    // Where it takes back the terminal's bracketed paste at the end of input, readline has gone to the next line already.
    if (text == NULL && strcmp(rl_variable_value("enable-bracketed-paste"), "on") != 0) rl_crlf();
    events.taken(events.context, text);
    rl_free(text);
}

static void bind_keys(Keymap keys) {
    rl_bind_key_in_map('\t', on_tab, keys);
    rl_bind_key_in_map(3, on_interrupt, keys);
    rl_bind_key_in_map(26, on_suspend, keys);
}

static void bind_emacs_keys(void) {
    rl_bind_keyseq_in_map("\033\r", on_line_break, emacs_standard_keymap);
    rl_bind_keyseq_in_map("\020", on_up, emacs_standard_keymap);
    rl_bind_keyseq_in_map("\033[A", on_up, emacs_standard_keymap);
    rl_bind_keyseq_in_map("\033OA", on_up, emacs_standard_keymap);
}

// MARK: Reading

// Where the environment names no locale, as in a container, readline would take each byte for a character.
static void use_unicode(void) {
    if (MB_CUR_MAX > 1 || setlocale(LC_CTYPE, "C.UTF-8") == NULL) return;
    rl_variable_bind("input-meta", "on");
    rl_variable_bind("output-meta", "on");
    rl_variable_bind("convert-meta", "off");
}

bool tickbook_editor_open(int input, int output, struct tickbook_editor_events given) {
    events = given;
    FILE *from = fdopen(dup(input), "r"), *to = fdopen(dup(output), "w");
    if (from == NULL || to == NULL || !open_wake_pipe()) return false;
    rl_instream = from;
    rl_outstream = to;
    rl_readline_name = "tickbook";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_prep_term_function = take_terminal;
    using_history();
    // Before the user's inputrc is read, and before readline finds that a terminal knows nothing of it.
    rl_variable_bind("enable-bracketed-paste", "on");
    if (rl_initialize() != 0) return false;
    use_unicode();
    bind_keys(emacs_standard_keymap);
    bind_keys(vi_insertion_keymap);
    bind_emacs_keys();
    return true;
}

void tickbook_editor_begin(const char *prompt) { rl_callback_handler_install(prompt, on_line); }

void tickbook_editor_read(void) { rl_callback_read_char(); }

void tickbook_editor_end(void) { rl_callback_handler_remove(); }

void tickbook_editor_abandon(void) {
    rl_callback_sigcleanup();
    rl_free_line_state();
    rl_callback_handler_remove();
}

void tickbook_editor_hide(void) {
    rl_clear_visible_line();
    fflush(rl_outstream);
}

void tickbook_editor_erase_above(int rows) {
    const char *kind = rl_terminal_name;
    if (rows <= 0 || kind == NULL || strcmp(kind, "dumb") == 0) return;
    // ECMA-48, 8.3.22 and 8.3.39: up by so many lines, then erase to the end of the screen.
    fprintf(rl_outstream, "\033[%dA\033[J", rows);
    fflush(rl_outstream);
}

void tickbook_editor_show(void) {
    rl_on_new_line();
    rl_forced_update_display();
}

void tickbook_editor_leave(void) {
    rl_point = rl_end;
    rl_redisplay();
    rl_crlf();
    fflush(rl_outstream);
}

void tickbook_editor_replace(int start, int end, const char *text) {
    rl_begin_undo_group();
    rl_delete_text(start, end);
    rl_point = start;
    rl_insert_text(text);
    rl_end_undo_group();
}

void tickbook_editor_set(const char *prompt, const char *text) {
    rl_set_prompt(prompt);
    rl_replace_line(text, 0);
    rl_point = rl_end;
}

void tickbook_editor_bell(void) { rl_ding(); }

int tickbook_editor_width(void) {
    int rows = 0, columns = 0;
    rl_get_screen_size(&rows, &columns);
    return columns;
}

int tickbook_editor_height(void) {
    int rows = 0, columns = 0;
    rl_get_screen_size(&rows, &columns);
    return rows;
}

// MARK: History

void tickbook_history_limit(int limit) { stifle_history(limit); }

void tickbook_history_add(const char *entry) { add_history(entry); }
