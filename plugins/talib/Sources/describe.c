// A function of TA-Lib's catalogue as an indicator: names, limits, documentation.
#define _GNU_SOURCE
#include "function.h"
#include "names.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const price_members[TALIB_PRICE_MEMBERS] = {"open", "high", "low", "close", "volume", "open_interest"};

static int read_infos(ta_function *function) {
  const talib_function_info *info = function->info;
  if (info->input_count > MOST_SERIES || info->option_count > MOST_OPTIONS || info->output_count > MOST_OUTPUTS) return 1;
  int code = TALIB_SUCCESS;
  for (unsigned index = 0; index < info->input_count; index++) code |= talib.GetInputParameterInfo(info->handle, index, &function->inputs[index]);
  for (unsigned index = 0; index < info->option_count; index++)
    code |= talib.GetOptInputParameterInfo(info->handle, index, &function->options[index]);
  for (unsigned index = 0; index < info->output_count; index++)
    code |= talib.GetOutputParameterInfo(info->handle, index, &function->outputs[index]);
  return code != TALIB_SUCCESS;
}

static char *lower_case_name(const char *name) {
  char *text = malloc(strlen(name) + 4);
  if (!text) return NULL;
  strcpy(text, "ta_");
  for (size_t at = 0; name[at]; at++) text[at + 3] = (char)(name[at] >= 'A' && name[at] <= 'Z' ? name[at] + 32 : name[at]), text[at + 4] = 0;
  return text;
}

/// inReal is `x`, inReal0 and inReal1 are `x` and `y`, others have names.
static const char *series_name(const char *name) {
  if (!strcmp(name, "inReal") || !strcmp(name, "inReal0")) return "x";
  return strcmp(name, "inReal1") ? snake_case(name, "in") : "y";
}

/// A price input stands for several series. Returns how many there are in all, 0 where one can't be given.
static size_t list_series(const ta_function *function, const char **names) {
  size_t count = 0;
  for (unsigned index = 0; index < function->info->input_count; index++) {
    const talib_input_info *input = function->inputs[index];
    if (input->type == TALIB_INPUT_INTEGER) return 0;
    for (int member = 0; input->type == TALIB_INPUT_PRICE && member < TALIB_PRICE_MEMBERS; member++)
      if (input->flags >> member & 1 && count < MOST_SERIES) names[count++] = price_members[member];
    if (input->type == TALIB_INPUT_REAL && count < MOST_SERIES) names[count++] = series_name(input->name);
  }
  return count;
}

static tickbook_parameter make_parameter(const talib_option_info *option) {
  tickbook_parameter parameter = {.size = sizeof parameter, .name = snake_case(option->name, "optIn"), .default_value = option->default_value,
                                  .minimum = -INFINITY, .maximum = INFINITY};
  parameter.type = option->type == TALIB_REAL_RANGE || option->type == TALIB_REAL_LIST ? TICKBOOK_DOUBLE : TICKBOOK_INT;
  if (option->type == TALIB_REAL_RANGE) {
    const talib_real_range *range = option->data;
    parameter.minimum = range->minimum, parameter.maximum = range->maximum;
  } else if (option->type == TALIB_INTEGER_RANGE) {
    const talib_integer_range *range = option->data;
    parameter.minimum = range->minimum, parameter.maximum = range->maximum;
  } else if (option->type == TALIB_INTEGER_LIST) {
    const talib_integer_list *list = option->data;
    parameter.minimum = INFINITY, parameter.maximum = -INFINITY;
    for (unsigned choice = 0; choice < list->count; choice++) {
      parameter.minimum = fmin(parameter.minimum, list->choices[choice].value);
      parameter.maximum = fmax(parameter.maximum, list->choices[choice].value);
    }
  }
  return parameter;
}

static void write_parameters(FILE *text, const ta_function *function, const tickbook_parameter *parameters) {
  for (unsigned index = 0; index < function->info->option_count; index++) {
    const talib_option_info *option = function->options[index];
    fprintf(text, "Parameter %s: %s", parameters[index].name, option->hint ? option->hint : option->display_name);
    if (option->type == TALIB_INTEGER_LIST) {
      const talib_integer_list *list = option->data;
      for (unsigned choice = 0; choice < list->count; choice++)
        fprintf(text, "%s%d %s", choice ? ", " : ": ", list->choices[choice].value, list->choices[choice].text);
    }
    fprintf(text, ".\n");
  }
}

static void write_window(FILE *text, const ta_function *function, const tickbook_parameter *parameters) {
  double values[MOST_OPTIONS];
  char message[TICKBOOK_MESSAGE_BYTES];
  int rows = 0, depends_on_choice = 0;
  for (unsigned index = 0; index < function->info->option_count; index++) {
    values[index] = parameters[index].default_value;
    depends_on_choice |= function->recursive_choices[index] != 0;
  }
  if (find_lookback(function, values, &rows, message)) rows = 0;
  const char *nulls = is_recursive(function, values) ? "Rows with a null are left out, and have no result."
                                                     : "Null where a row of the window has a null.";
  fprintf(text, "Window: TA-Lib's look-back, with the defaults %d row%s; the rows before that are null. %s%s\n%s\n", rows, rows == 1 ? "" : "s",
          is_recursive(function, values) ? "Recursive: all rows before matter." : "Nothing before it matters.",
          depends_on_choice ? " With exponential and other recursive averages all rows before matter." : "", nulls);
}

static char *document(const ta_function *function, const tickbook_parameter *parameters) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  if (!stream) return NULL;
  fprintf(stream, "%s: TA-Lib's %s.\n", function->info->hint, function->info->name);
  if (function->gives_positions) fprintf(stream, "Results are how many rows the row found lies back, not its number as in TA-Lib.\n");
  if (function->info->flags & TALIB_IS_CANDLESTICK) fprintf(stream, "Above 0 where the pattern is bullish, below 0 where it is bearish, else 0.\n");
  write_parameters(stream, function, parameters);
  write_window(stream, function, parameters);
  const char *version = talib.GetVersionString();
  fprintf(stream, "Source: TA-Lib %.*s, %s.", (int)strcspn(version, " "), version, function->info->group);
  return fclose(stream) ? NULL : text;
}

static int gives_positions(const char *name) {
  return !strcmp(name, "MAXINDEX") || !strcmp(name, "MININDEX") || !strcmp(name, "MINMAXINDEX");
}

/// `outRealUpperBand` as `upper_band`; a result alone has no name.
static char *output_name(const char *name) {
  return snake_case(name, !strncmp(name, "outReal", 7) && name[7] ? "outReal" : "out");
}

const tickbook_indicator *describe(const talib_function_info *info) {
  ta_function *function = calloc(1, sizeof *function);
  tickbook_indicator *indicator = calloc(1, sizeof *indicator);
  const char **series = calloc(MOST_SERIES, sizeof *series), **outputs = calloc(MOST_OUTPUTS, sizeof *outputs);
  tickbook_parameter *parameters = calloc(MOST_OPTIONS, sizeof *parameters);
  if (!function || !indicator || !series || !outputs || !parameters) return NULL;
  function->info = info;
  function->gives_positions = gives_positions(info->name);
  if (read_infos(function) || find_recursion(function)) return NULL;
  for (unsigned index = 0; index < info->option_count; index++) parameters[index] = make_parameter(function->options[index]);
  for (unsigned index = 0; index < info->output_count; index++) outputs[index] = output_name(function->outputs[index]->name);
  *indicator = (tickbook_indicator){
      .size = sizeof *indicator,
      .name = lower_case_name(info->name),
      .documentation = document(function, parameters),
      .inputs = series,
      .input_count = list_series(function, series),
      .parameters = parameters,
      .parameter_count = info->option_count,
      .outputs = outputs,
      .output_count = info->output_count > 1 ? info->output_count : 0,
      .context = function};
  set_fold(indicator);
  return indicator->name && indicator->documentation && indicator->input_count ? indicator : NULL;
}
