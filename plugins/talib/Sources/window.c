// Which rows a result depends on: TA-Lib's look-back, unless all rows before matter.
#include "function.h"
#include <stdio.h>

int make_holder(const ta_function *function, const double *parameters, talib_holder **holder, char *message) {
  int code = talib.ParamHolderAlloc(function->info->handle, holder);
  for (unsigned index = 0; code == TALIB_SUCCESS && index < function->info->option_count; index++) {
    int type = function->options[index]->type;
    code = type == TALIB_REAL_RANGE || type == TALIB_REAL_LIST
               ? talib.SetOptInputParamReal(*holder, index, parameters[index])
               : talib.SetOptInputParamInteger(*holder, index, (int)parameters[index]);
  }
  return code == TALIB_SUCCESS ? 0 : talib_failure(code, function->info->name, message);
}

int find_lookback(const ta_function *function, const double *parameters, int *rows, char *message) {
  talib_holder *holder = NULL;
  if (make_holder(function, parameters, &holder, message)) return 1;
  int code = talib.GetLookback(holder, rows);
  talib.ParamHolderFree(holder);
  if (code != TALIB_SUCCESS) return talib_failure(code, function->info->name, message);
  if (*rows < 0) return snprintf(message, TICKBOOK_MESSAGE_BYTES, "TA-Lib's %s refuses these values", function->info->name), 1;
  return 0;
}

/// Sets the unstable period of every function that has one; their numbers are consecutive, how many there are depends on the version.
static void set_unstable_periods(unsigned rows) {
  for (int number = 0; number < 4096 && talib.SetUnstablePeriod(number, rows) == TALIB_SUCCESS; number++) {
  }
}

/// A result for which TA-Lib would drop unstable rows, its own or those of an average within it, depends on all rows before.
static int has_unstable_rows(const ta_function *function, const double *parameters) {
  char message[TICKBOOK_MESSAGE_BYTES];
  int usual = 0, longer = 0;
  if (find_lookback(function, parameters, &usual, message)) return 0;
  set_unstable_periods(1);
  int failed = find_lookback(function, parameters, &longer, message);
  set_unstable_periods(0);
  return !failed && longer != usual;
}

int find_recursion(ta_function *function) {
  double parameters[MOST_OPTIONS] = {0};
  unsigned count = function->info->option_count;
  // A list's first choice is the simple average, which needs no more than its window.
  for (unsigned index = 0; index < count; index++)
    parameters[index] = function->options[index]->type == TALIB_INTEGER_LIST ? 0 : function->options[index]->default_value;
  function->is_recursive = (function->info->flags & (TALIB_HAS_UNSTABLE_PERIOD | TALIB_IS_PATH_DEPENDENT)) != 0 ||
                           has_unstable_rows(function, parameters);
  for (unsigned index = 0; index < count; index++) {
    if (function->options[index]->type != TALIB_INTEGER_LIST) continue;
    const talib_integer_list *list = function->options[index]->data;
    for (unsigned choice = 0; choice < list->count; choice++) {
      int value = list->choices[choice].value;
      if (value < 0 || value > 31) return 1;
      parameters[index] = value;
      if (has_unstable_rows(function, parameters)) function->recursive_choices[index] |= UINT32_C(1) << value;
    }
    parameters[index] = 0;
  }
  return 0;
}

int is_recursive(const ta_function *function, const double *parameters) {
  if (function->is_recursive) return 1;
  for (unsigned index = 0; index < function->info->option_count; index++) {
    if (function->options[index]->type != TALIB_INTEGER_LIST) continue;
    if (function->recursive_choices[index] >> (unsigned)parameters[index] & 1) return 1;
  }
  return 0;
}
