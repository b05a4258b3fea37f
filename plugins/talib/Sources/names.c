#include "names.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/// A word begins at a capital after a small letter or digit, and at the last of several capitals before a small letter: MACD|Signal.
static int begins_word(const char *name, size_t at) {
  unsigned char before = name[at - 1], here = name[at], after = name[at + 1];
  if (!isupper(here)) return 0;
  return !isupper(before) || islower(after);
}

char *snake_case(const char *name, const char *prefix) {
  size_t skipped = strlen(prefix);
  if (!strncmp(name, prefix, skipped)) name += skipped;
  char *text = malloc(2 * strlen(name) + 1), *end = text;
  if (!text) return NULL;
  for (size_t at = 0; name[at]; at++) {
    if (at && begins_word(name, at) && end[-1] != '_') *end++ = '_';
    *end++ = (char)tolower((unsigned char)name[at]);
  }
  *end = 0;
  return text;
}
