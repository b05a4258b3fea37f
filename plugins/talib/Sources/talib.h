// TA-Lib's abstract interface, by which any of its functions can be found, described and called.
//
// Declared after the specification in TA-Lib's ta_abstract.h, ta_common.h and ta_defs.h of version 0.8, under names of our own: the library is
// loaded at run time. Versions before 0.8 have another layout and are declined.
#ifndef TALIB_H
#define TALIB_H

#include <stdint.h>

enum { TALIB_SUCCESS = 0, TALIB_INSUFFICIENT_HISTORY = 17 };

/// Bits of `talib_function_info.flags`.
enum {
  /// A result depends on all rows before, by less and less.
  TALIB_HAS_UNSTABLE_PERIOD = 0x08000000,
  TALIB_IS_CANDLESTICK = 0x10000000,
  /// A result depends on all rows before.
  TALIB_IS_PATH_DEPENDENT = 0x20000000
};

enum { TALIB_INPUT_PRICE = 0, TALIB_INPUT_REAL = 1, TALIB_INPUT_INTEGER = 2 };
enum { TALIB_REAL_RANGE = 0, TALIB_REAL_LIST = 1, TALIB_INTEGER_RANGE = 2, TALIB_INTEGER_LIST = 3 };
enum { TALIB_OUTPUT_REAL = 0, TALIB_OUTPUT_INTEGER = 1 };

/// The members of a price input, in the order of their bits in `talib_input_info.flags`: open, high, low, close, volume, open interest.
enum { TALIB_PRICE_MEMBERS = 6 };

typedef unsigned talib_handle;
typedef struct talib_holder talib_holder;

typedef struct {
  const char *name;
  const char *group;
  const char *hint;
  int flags;
  unsigned input_count;
  unsigned option_count;
  unsigned output_count;
  const talib_handle *handle;
} talib_function_info;

typedef struct {
  int type;
  const char *name;
  int flags;
} talib_input_info;

typedef struct {
  int type;
  const char *name;
  int flags;
  const char *display_name;
  /// One of the four structures below, by `type`.
  const void *data;
  double default_value;
  const char *hint;
  const char *help_file;
} talib_option_info;

typedef struct {
  int type;
  const char *name;
  int flags;
} talib_output_info;

typedef struct {
  double minimum, maximum;
  int precision;
} talib_real_range;

typedef struct {
  int minimum, maximum;
} talib_integer_range;

typedef struct {
  const struct {
    int value;
    const char *text;
  } *choices;
  unsigned count;
} talib_integer_list;

typedef struct {
  const char *name;
  const char *text;
} talib_code_info;

/// The library's functions, each named as there without TA_.
typedef struct {
  int (*Initialize)(void);
  const char *(*GetVersionString)(void);
  void (*SetRetCodeInfo)(int code, talib_code_info *info);
  int (*SetUnstablePeriod)(int function, unsigned rows);
  int (*GetFuncHandle)(const char *name, const talib_handle **);
  int (*ForEachFunc)(void (*each)(const talib_function_info *, void *), void *context);
  int (*GetInputParameterInfo)(const talib_handle *, unsigned index, const talib_input_info **);
  int (*GetOptInputParameterInfo)(const talib_handle *, unsigned index, const talib_option_info **);
  int (*GetOutputParameterInfo)(const talib_handle *, unsigned index, const talib_output_info **);
  int (*ParamHolderAlloc)(const talib_handle *, talib_holder **);
  int (*ParamHolderFree)(talib_holder *);
  int (*SetInputParamRealPtr)(talib_holder *, unsigned index, const double *);
  int (*SetInputParamPricePtr)(talib_holder *, unsigned index, const double *open, const double *high, const double *low,
                               const double *close, const double *volume, const double *open_interest);
  int (*SetOptInputParamInteger)(talib_holder *, unsigned index, int);
  int (*SetOptInputParamReal)(talib_holder *, unsigned index, double);
  int (*SetOutputParamRealPtr)(talib_holder *, unsigned index, double *);
  int (*SetOutputParamIntegerPtr)(talib_holder *, unsigned index, int *);
  int (*GetLookback)(const talib_holder *, int *rows);
  int (*CallFunc)(const talib_holder *, int first, int last, int *first_result, int *result_count);
} talib_library;

/// Filled by `talib_load`, and unchanged from then on.
extern talib_library talib;

/// Finds and opens the library; not 0 after writing into `message` how to get it.
int talib_load(char *message);

/// Writes what a code of the library means.
int talib_failure(int code, const char *what, char *message);

#endif
