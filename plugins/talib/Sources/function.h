// One function of TA-Lib as an indicator.
#ifndef FUNCTION_H
#define FUNCTION_H

#include "talib.h"
#include "tickbook_plugin.h"

enum { MOST_OPTIONS = 16, MOST_OUTPUTS = 8, MOST_SERIES = 12 };

typedef struct {
  const talib_function_info *info;
  const talib_option_info *options[MOST_OPTIONS];
  const talib_output_info *outputs[MOST_OUTPUTS];
  const talib_input_info *inputs[MOST_SERIES];
  /// Results that TA-Lib gives as the position of a row; here they are how many rows that row lies back.
  int gives_positions;
  /// Whether all rows before matter, whatever the parameters.
  int is_recursive;
  /// Bit v of member o: all rows before matter where option o, a choice such as the kind of average, is v.
  uint32_t recursive_choices[MOST_OPTIONS];
} ta_function;

/// An indicator for a function of the library; null where memory is short or the function can't be described.
const tickbook_indicator *describe(const talib_function_info *info);

/// A holder with these parameters set.
int make_holder(const ta_function *function, const double *parameters, talib_holder **holder, char *message);

/// The rows before the first result.
int find_lookback(const ta_function *function, const double *parameters, int *rows, char *message);

/// Finds out on which rows the function's results depend. Changes settings of the library for a moment, so only while nothing else runs.
int find_recursion(ta_function *function);

int is_recursive(const ta_function *function, const double *parameters);

/// Fills in the functions of the fold.
void set_fold(tickbook_indicator *indicator);

#endif
