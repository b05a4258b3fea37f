#ifndef NAMES_H
#define NAMES_H

/// `optInFastK_Period` without its prefix, in snake case: `fast_k_period`. The caller owns the text; null where memory is short.
char *snake_case(const char *name, const char *prefix);

#endif
