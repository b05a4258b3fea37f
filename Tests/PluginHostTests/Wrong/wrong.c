// Indicators of one series that each break one rule of tickbook_plugin.h, named for it, and one that breaks none. They are means of
// the last three values but for what is said at each.
#include "tickbook_plugin.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const tickbook_model *const wrong_models[];
extern const size_t wrong_model_count;

enum kind { SOUND, CHUNKS, STATE, NARROW, WIDE, AHEAD, NULLS, MEMORY, RANDOM, FAILING, NEGATIVE, UNWINDOWED, BEYOND, LATE };

typedef struct {
  enum kind kind;
  uint64_t seen;
  double last[3];
  double sum;
  void *block;
} state;

static uint64_t calls;

static int32_t window(const tickbook_indicator *self, const double *parameters, tickbook_window *window, char *message) {
  (void)parameters;
  (void)message;
  enum kind kind = *(const enum kind *)self->context;
  window->look_back = kind == NARROW ? 1 : kind == WIDE ? 5 : kind == NEGATIVE ? -5 : 2;
  // A number that stands for a mistake, without words.
  return kind == UNWINDOWED ? 3 : 0;
}

static int32_t create(const tickbook_indicator *self, const double *parameters, void **made, char *message) {
  (void)parameters;
  (void)message;
  state *fresh = calloc(1, sizeof *fresh);
  fresh->kind = *(const enum kind *)self->context;
  if (fresh->kind == MEMORY) fresh->block = malloc(256), memset(fresh->block, 1, 256);
  *made = fresh;
  return 0;
}

static double next(state *state, double value, size_t row_of_call) {
  state->last[state->seen++ % 3] = value;
  if (state->kind == NULLS && isnan(value)) return 0;
  if (state->seen < 3) return NAN;
  // Added in the order of time, so that a mean doesn't depend on where the run started.
  double sum = 0;
  for (uint64_t age = 3; age > 0; age--) sum += state->last[(state->seen - age) % 3];
  // The mean of a call's first row is off: the value depends on how rows are cut into calls.
  if (state->kind == CHUNKS && row_of_call == 0) sum *= 2;
  // Long after the first rows, the place in its call matters again.
  if (state->kind == LATE && state->seen > 2000 && row_of_call == 0) sum *= 2;
  return sum / 3;
}

static int32_t update(void *given, const double *const *inputs, size_t rows, double *const *outputs, char *message) {
  state *state = given;
  calls++;
  for (size_t row = 0; row < rows; row++) {
    double result = next(state, inputs[0][row], row);
    // The next row's value: a look-ahead that the window keeps silent about.
    if (state->kind == AHEAD && row + 1 < rows) result = inputs[0][row + 1];
    // Something that is neither in the rows nor in the state.
    if (state->kind == RANDOM) result += (double)calls;
    outputs[0][row] = result;
    if (state->kind == FAILING && state->seen > 100) {
      snprintf(message, TICKBOOK_MESSAGE_BYTES, "row %llu is one too many", (unsigned long long)state->seen);
      return 1;
    }
  }
  if (state->kind == BEYOND) outputs[0][rows] = 1;
  return 0;
}

static size_t saved_size(const void *given) {
  (void)given;
  return sizeof(uint64_t) + 3 * sizeof(double);
}

static void save(const void *given, uint8_t *bytes) {
  const state *state = given;
  memcpy(bytes, &state->seen, sizeof state->seen);
  memcpy(bytes + sizeof state->seen, state->last, sizeof state->last);
}

static int32_t restore(void *given, const uint8_t *bytes, size_t count, char *message) {
  state *state = given;
  if (count != saved_size(given)) {
    snprintf(message, TICKBOOK_MESSAGE_BYTES, "%zu bytes are no state", count);
    return 1;
  }
  memcpy(&state->seen, bytes, sizeof state->seen);
  memcpy(state->last, bytes + sizeof state->seen, sizeof state->last);
  // One of the values is forgotten.
  if (state->kind == STATE) state->last[0] = 0;
  return 0;
}

static void destroy(void *given) { free(given); }

static const char *const inputs[] = {"x"};
static const enum kind kinds[] = {SOUND, CHUNKS, STATE, NARROW, WIDE, AHEAD, NULLS, MEMORY, RANDOM, FAILING, NEGATIVE, UNWINDOWED, BEYOND, LATE};

#define INDICATOR(word, index)                                                                                         \
  {.size = sizeof(tickbook_indicator), .name = word, .documentation = "The mean of three.", .inputs = inputs, .input_count = 1, \
   .context = &kinds[index], .window = window, .create = create, .update = update, .saved_size = saved_size, .save = save,      \
   .restore = restore, .destroy = destroy}

static const tickbook_indicator indicators[] = {
    INDICATOR("sound", 0),  INDICATOR("chunks", 1), INDICATOR("state", 2),  INDICATOR("narrow", 3), INDICATOR("wide", 4),
    INDICATOR("ahead", 5), INDICATOR("nulls", 6),  INDICATOR("memory", 7), INDICATOR("random", 8), INDICATOR("failing", 9),
    INDICATOR("negative", 10), INDICATOR("unwindowed", 11), INDICATOR("beyond", 12), INDICATOR("late", 13)};

static const tickbook_indicator *const pointers[] = {
    &indicators[0], &indicators[1], &indicators[2], &indicators[3], &indicators[4],
    &indicators[5], &indicators[6], &indicators[7], &indicators[8], &indicators[9],
    &indicators[10], &indicators[11], &indicators[12], &indicators[13]};

static tickbook_plugin table = {
    .size = sizeof(tickbook_plugin),
#ifdef WRONG_VERSION
    .abi_version = TICKBOOK_ABI_VERSION + 1,
#else
    .abi_version = TICKBOOK_ABI_VERSION,
#endif
    .name = "wrong", .version = "0.1.0", .indicators = pointers, .indicator_count = sizeof pointers / sizeof *pointers};

#ifdef CRASHING
__attribute__((constructor)) static void crash(void) { abort(); }
#endif

#ifdef WITHOUT_ENTRY
#define tickbook_plugin_entry another_entry
#endif

const tickbook_plugin *tickbook_plugin_entry(char *message) {
#ifdef DECLINING
  snprintf(message, TICKBOOK_MESSAGE_BYTES, "libexample is not installed");
  return NULL;
#endif
  (void)message;
  table.models = wrong_models;
  table.model_count = wrong_model_count;
#ifdef WITHOUT_INDICATORS
  table.indicator_count = 0;
#endif
  return &table;
}
