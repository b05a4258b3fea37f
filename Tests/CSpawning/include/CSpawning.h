#ifndef TICKBOOK_TESTS_SPAWNING_H
#define TICKBOOK_TESTS_SPAWNING_H

#include <sys/types.h>

/// Starts a program as the leader of a process group of its own, with default signals, none of them blocked, and no descriptor but the
/// three that are opened here. POSIX `posix_spawnp`, with the additions of glibc 2.34.
/// - Returns: 0, or the number of the error.
int spawn_alone(pid_t *identifier, const char *program, char *const arguments[], char *const environment[], const char *folder,
                const char *input, const char *output, const char *errors);

#endif
