// The streaming fold over a function that wants its rows all at once.
//
// A function with a finite window is called for each row on just the rows of its window, so the bits don't depend on where the run
// started. One for which all rows before matter is called on all complete rows so far, which is its state.
#include "function.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Rows taken up at a time, so that a window's rows stay in the cache.
enum { BLOCK_ROWS = 4096 };

typedef struct {
  const ta_function *function;
  talib_holder *holder;
  size_t series_count, output_count;
  size_t lookback;
  int is_recursive;
  /// The rows kept, of each series: those of the window before the next row, or all complete ones.
  double *rows[MOST_SERIES];
  size_t count, capacity;
  /// Of the kept rows, those at the end without a null; not looked at where all are complete.
  size_t complete;
  /// Results of a call; integers where the function gives such.
  void *results[MOST_OUTPUTS];
  size_t result_capacity;
} fold;

static int out_of_memory(char *message) {
  return snprintf(message, TICKBOOK_MESSAGE_BYTES, "there is no memory for the rows it keeps"), 1;
}

static int find_window(const tickbook_indicator *self, const double *parameters, tickbook_window *window, char *message) {
  int rows;
  if (find_lookback(self->context, parameters, &rows, message)) return 1;
  window->is_recursive = is_recursive(self->context, parameters);
  window->look_back = rows;
  return 0;
}

static void destroy(void *state) {
  fold *fold = state;
  for (size_t index = 0; index < fold->series_count; index++) free(fold->rows[index]);
  for (size_t index = 0; index < fold->output_count; index++) free(fold->results[index]);
  if (fold->holder) talib.ParamHolderFree(fold->holder);
  free(fold);
}

// MARK: Memory

static int make_room(fold *fold, size_t rows) {
  if (rows <= fold->capacity) return 0;
  size_t capacity = rows > 2 * fold->capacity ? rows : 2 * fold->capacity;
  for (size_t index = 0; index < fold->series_count; index++) {
    double *larger = realloc(fold->rows[index], capacity * sizeof *larger);
    if (!larger) return 1;
    fold->rows[index] = larger;
  }
  fold->capacity = capacity;
  return 0;
}

static int make_results(fold *fold, size_t rows) {
  if (rows <= fold->result_capacity) return 0;
  for (unsigned index = 0; index < fold->output_count; index++) {
    free(fold->results[index]);
    fold->results[index] = calloc(rows, sizeof(double));
    if (!fold->results[index]) return fold->result_capacity = 0, 1;
    if (fold->function->outputs[index]->type == TALIB_OUTPUT_INTEGER)
      talib.SetOutputParamIntegerPtr(fold->holder, index, fold->results[index]);
    else
      talib.SetOutputParamRealPtr(fold->holder, index, fold->results[index]);
  }
  fold->result_capacity = rows;
  return 0;
}

/// Shows the library where the kept rows are.
static void set_inputs(fold *fold) {
  size_t next = 0;
  for (unsigned index = 0; index < fold->function->info->input_count; index++) {
    const talib_input_info *input = fold->function->inputs[index];
    if (input->type == TALIB_INPUT_REAL) {
      talib.SetInputParamRealPtr(fold->holder, index, fold->rows[next++]);
      continue;
    }
    const double *members[TALIB_PRICE_MEMBERS] = {0};
    for (int member = 0; member < TALIB_PRICE_MEMBERS; member++)
      if (input->flags >> member & 1) members[member] = fold->rows[next++];
    talib.SetInputParamPricePtr(fold->holder, index, members[0], members[1], members[2], members[3], members[4], members[5]);
  }
}

static int create(const tickbook_indicator *self, const double *parameters, void **state, char *message) {
  fold *fold = calloc(1, sizeof *fold);
  if (!fold) return out_of_memory(message);
  fold->function = self->context;
  fold->series_count = self->input_count;
  fold->output_count = fold->function->info->output_count;
  fold->is_recursive = is_recursive(fold->function, parameters);
  int lookback = 0;
  int failed = find_lookback(fold->function, parameters, &lookback, message) || make_holder(fold->function, parameters, &fold->holder, message);
  fold->lookback = (size_t)lookback;
  if (!failed && !fold->is_recursive && make_results(fold, 1)) failed = out_of_memory(message);
  if (failed) return destroy(fold), 1;
  *state = fold;
  return 0;
}

// MARK: Rows

static int is_complete(const fold *fold, size_t row) {
  for (size_t index = 0; index < fold->series_count; index++)
    if (isnan(fold->rows[index][row])) return 0;
  return 1;
}

static double result_at(const fold *fold, size_t output, size_t at, size_t row) {
  if (fold->function->outputs[output]->type != TALIB_OUTPUT_INTEGER) return ((const double *)fold->results[output])[at];
  int number = ((const int *)fold->results[output])[at];
  return fold->function->gives_positions ? (double)row - number : number;
}

/// Results from `*first_result` on, `*result_count` of them, for the kept rows from `first` to `last`.
static int call(fold *fold, size_t first, size_t last, int *first_result, int *result_count, char *message) {
  *result_count = 0;
  int code = talib.CallFunc(fold->holder, (int)first, (int)last, first_result, result_count);
  if (code == TALIB_INSUFFICIENT_HISTORY) return *result_count = 0;
  return code == TALIB_SUCCESS ? 0 : talib_failure(code, fold->function->info->name, message);
}

static void keep_window(fold *fold) {
  if (fold->count <= fold->lookback) return;
  size_t surplus = fold->count - fold->lookback;
  for (size_t index = 0; index < fold->series_count; index++)
    memmove(fold->rows[index], fold->rows[index] + surplus, fold->lookback * sizeof(double));
  fold->count = fold->lookback;
}

static int update_window(fold *fold, const double *const *inputs, size_t rows, double *const *outputs, char *message) {
  if (make_room(fold, fold->lookback + BLOCK_ROWS)) return out_of_memory(message);
  set_inputs(fold);
  for (size_t start = 0; start < rows; start += BLOCK_ROWS) {
    size_t length = rows - start < BLOCK_ROWS ? rows - start : BLOCK_ROWS, kept = fold->count;
    for (size_t index = 0; index < fold->series_count; index++)
      memcpy(fold->rows[index] + kept, inputs[index] + start, length * sizeof(double));
    fold->count += length;
    for (size_t row = kept; row < fold->count; row++) {
      fold->complete = is_complete(fold, row) ? fold->complete + 1 : 0;
      int first = 0, count = 0;
      if (fold->complete > fold->lookback && call(fold, row, row, &first, &count, message)) return 1;
      for (size_t output = 0; output < fold->output_count; output++)
        outputs[output][start + row - kept] = count == 1 ? result_at(fold, output, 0, row) : NAN;
    }
    keep_window(fold);
  }
  return 0;
}

static int update_history(fold *fold, const double *const *inputs, size_t rows, double *const *outputs, char *message) {
  if (fold->count + rows > INT32_MAX) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "TA-Lib takes up to %d rows", INT32_MAX), 1;
  if (make_room(fold, fold->count + rows)) return out_of_memory(message);
  size_t known = fold->count;
  for (size_t row = 0; row < rows; row++) {
    for (size_t index = 0; index < fold->series_count; index++) fold->rows[index][fold->count] = inputs[index][row];
    int complete = is_complete(fold, fold->count);
    fold->count += (size_t)complete;
    for (size_t output = 0; output < fold->output_count; output++) outputs[output][row] = complete ? 0 : NAN;
  }
  if (fold->count == known) return 0;
  if (make_results(fold, fold->capacity)) return out_of_memory(message);
  set_inputs(fold);
  int first = 0, count = 0;
  if (call(fold, 0, fold->count - 1, &first, &count, message)) return 1;
  for (size_t row = 0, at = known; row < rows; row++) {
    if (isnan(outputs[0][row])) continue;
    int is_known = at >= (size_t)first && at < (size_t)first + (size_t)count;
    for (size_t output = 0; output < fold->output_count; output++)
      outputs[output][row] = is_known ? result_at(fold, output, at - (size_t)first, at) : NAN;
    at++;
  }
  return 0;
}

static int32_t update(void *state, const double *const *inputs, size_t rows, double *const *outputs, char *message) {
  fold *fold = state;
  if (!rows) return 0;
  return fold->is_recursive ? update_history(fold, inputs, rows, outputs, message) : update_window(fold, inputs, rows, outputs, message);
}

// MARK: Saved states: the kept rows, series by series

static size_t saved_size(const void *state) {
  const fold *fold = state;
  return fold->count * fold->series_count * sizeof(double);
}

static void save(const void *state, uint8_t *bytes) {
  const fold *fold = state;
  for (size_t index = 0; index < fold->series_count; index++, bytes += fold->count * sizeof(double))
    if (fold->count) memcpy(bytes, fold->rows[index], fold->count * sizeof(double));
}

static int32_t restore(void *state, const uint8_t *bytes, size_t byte_count, char *message) {
  fold *fold = state;
  size_t row_bytes = fold->series_count * sizeof(double), count = byte_count / row_bytes;
  if (byte_count % row_bytes || (!fold->is_recursive && count > fold->lookback))
    return snprintf(message, TICKBOOK_MESSAGE_BYTES, "%zu bytes are no state of %s", byte_count, fold->function->info->name), 1;
  if (make_room(fold, count)) return out_of_memory(message);
  for (size_t index = 0; index < fold->series_count; index++, bytes += count * sizeof(double))
    if (count) memcpy(fold->rows[index], bytes, count * sizeof(double));
  fold->count = count;
  fold->complete = 0;
  for (size_t row = 0; row < count; row++) fold->complete = is_complete(fold, row) ? fold->complete + 1 : 0;
  return 0;
}

void set_fold(tickbook_indicator *indicator) {
  indicator->window = find_window;
  indicator->create = create;
  indicator->update = update;
  indicator->saved_size = saved_size;
  indicator->save = save;
  indicator->restore = restore;
  indicator->destroy = destroy;
}
