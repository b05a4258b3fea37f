// One line of text read from a terminal by GNU readline, through its callback interface
// (https://tiswww.case.edu/php/chet/readline/readline.html, "Alternate Interface"). Readline is global, so there is one editor per
// process; all calls come from one thread, but for tickbook_editor_wake, which any thread and any signal handler may call.
#ifndef TICKBOOK_CREADLINE_H
#define TICKBOOK_CREADLINE_H

#include <stdbool.h>

// What becomes of keys; `context` is handed back as it was given.
struct tickbook_editor_events {
    void *context;
    // Return was pressed on this text; NULL where input ended.
    void (*taken)(void *context, const char *text);
    // Ctrl-C.
    void (*interrupted)(void *context);
    // Tab, at this byte of the text; `again` where nothing was typed since the Tab before.
    void (*completing)(void *context, const char *text, int cursor, bool again);
    // Up, on this text: true where that has been seen to, false for history's entry before.
    bool (*above)(void *context, const char *text);
};

// Readies readline for these descriptors, once per process; false where the terminal can't be used.
bool tickbook_editor_open(int input, int output, struct tickbook_editor_events events);

// The descriptor that becomes readable after tickbook_editor_wake.
int tickbook_editor_wake_descriptor(void);
void tickbook_editor_wake(void);
// Takes what tickbook_editor_wake left in the descriptor; true where the terminal's size has changed, which is seen to.
bool tickbook_editor_woken(void);

// Shows the prompt and takes over the terminal, until tickbook_editor_end. Bytes between \001 and \002 take no room.
void tickbook_editor_begin(const char *prompt);
void tickbook_editor_read(void);
void tickbook_editor_end(void);
// The same for a line that is abandoned.
void tickbook_editor_abandon(void);
// Takes the line being edited away from the terminal, and shows it again behind what was printed.
void tickbook_editor_hide(void);
void tickbook_editor_show(void);
// Takes away lines of the screen above the hidden line; nothing where the terminal can't.
void tickbook_editor_erase_above(int rows);
// Leaves the line as it stands; what is printed next stands below it.
void tickbook_editor_leave(void);

// Puts text in place of bytes of the line, as one step of undo; the cursor stands behind it.
void tickbook_editor_replace(int start, int end, const char *text);
// The whole line and its prompt, as if it had been typed.
void tickbook_editor_set(const char *prompt, const char *text);
void tickbook_editor_bell(void);
int tickbook_editor_width(void);
int tickbook_editor_height(void);

// History, oldest first; at most `limit` entries are kept in memory.
void tickbook_history_limit(int limit);
void tickbook_history_add(const char *entry);

#endif
