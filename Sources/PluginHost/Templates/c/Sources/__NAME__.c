// __NAME___change(x, n = 10): the change of x over n rows, in per cent.
#include "tickbook_plugin.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The last n values, as a ring.
typedef struct {
  uint64_t length;
  uint64_t seen;
  double values[];
} ring;

static int32_t find_window(const tickbook_indicator *self, const double *parameters, tickbook_window *window, char *message) {
  (void)self, (void)message;
  window->look_back = (int64_t)parameters[0];
  return 0;
}

static int32_t create(const tickbook_indicator *self, const double *parameters, void **state, char *message) {
  (void)self;
  uint64_t length = (uint64_t)parameters[0];
  ring *fresh = calloc(1, sizeof(ring) + length * sizeof(double));
  if (!fresh) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "no memory for %llu rows", (unsigned long long)length), 1;
  fresh->length = length;
  *state = fresh;
  return 0;
}

static int32_t update(void *state, const double *const *inputs, size_t rows, double *const *outputs, char *message) {
  (void)message;
  ring *ring = state;
  for (size_t row = 0; row < rows; row++) {
    double *oldest = &ring->values[ring->seen % ring->length];
    // NaN, that is null, in either value makes the result null by itself.
    outputs[0][row] = ring->seen < ring->length ? NAN : 100 * (inputs[0][row] / *oldest - 1);
    *oldest = inputs[0][row];
    ring->seen++;
  }
  return 0;
}

static size_t saved_size(const void *state) {
  const ring *ring = state;
  return sizeof *ring + ring->length * sizeof(double);
}

static void save(const void *state, uint8_t *bytes) { memcpy(bytes, state, saved_size(state)); }

static int32_t restore(void *state, const uint8_t *bytes, size_t byte_count, char *message) {
  ring *ring = state;
  uint64_t length;
  if (byte_count == saved_size(state) && (memcpy(&length, bytes, sizeof length), length == ring->length)) {
    memcpy(ring, bytes, byte_count);
    return 0;
  }
  return snprintf(message, TICKBOOK_MESSAGE_BYTES, "%zu bytes are no state of %llu rows", byte_count, (unsigned long long)ring->length), 1;
}

static const char *const inputs[] = {"x"};

static const tickbook_parameter parameters[] = {
    {.size = sizeof(tickbook_parameter), .name = "n", .type = TICKBOOK_INT, .default_value = 10, .minimum = 1, .maximum = 1 << 20}};

static const tickbook_indicator change = {
    .size = sizeof(tickbook_indicator),
    .name = "__NAME___change",
    .documentation = "The change of x over n rows, in per cent.\n"
                     "Formula: 100 * (x / x[n rows before] - 1). Window: n back. The first n rows are null.\n"
                     "Null when either value is null.",
    .inputs = inputs,
    .input_count = 1,
    .parameters = parameters,
    .parameter_count = 1,
    .window = find_window,
    .create = create,
    .update = update,
    .saved_size = saved_size,
    .save = save,
    .restore = restore,
    .destroy = free};

static const tickbook_indicator *const indicators[] = {&change};

static const tickbook_plugin plugin = {
    .size = sizeof(tickbook_plugin),
    .abi_version = TICKBOOK_ABI_VERSION,
    .name = "__NAME__",
    .version = "0.1.0",
    .indicators = indicators,
    .indicator_count = sizeof indicators / sizeof *indicators};

const tickbook_plugin *tickbook_plugin_entry(char *message) {
  (void)message;
  return &plugin;
}
