// The parameters of `lightgbm(…)`, and LightGBM's text of them.
#ifndef PARAMETERS_H
#define PARAMETERS_H

#include "tickbook_plugin.h"

enum { PARAMETER_TEXT_BYTES = 2048 };

extern const tickbook_parameter lightgbm_parameters[];
extern const size_t lightgbm_parameter_count;

/// The number of trees.
int iteration_count(const double *values);

/// `num_leaves=31 learning_rate=0.1 …`, with what makes a fit repeatable.
void write_parameters(const double *values, char text[PARAMETER_TEXT_BYTES]);

#endif
