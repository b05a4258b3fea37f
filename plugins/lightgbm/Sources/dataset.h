#ifndef DATASET_H
#define DATASET_H

#include "lightgbm.h"
#include "tickbook_plugin.h"

/// The samples as LightGBM keeps them: each number as the bin it falls into. Reads them twice, a block at a time. Null after writing why.
lightgbm_dataset make_dataset(const tickbook_samples *samples, const char *parameters, char *message);

#endif
