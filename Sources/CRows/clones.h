// What each file of loops begins with.
#pragma STDC FP_CONTRACT OFF

#ifdef __linux__
#include <features.h>
#endif

// Other C libraries' loaders can't choose.
#if defined(__x86_64__) && defined(__GLIBC__)
/// One form of the function for processors with 256-bit registers, one for all; the loader chooses.
#define ROWS_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define ROWS_CLONES
#endif

/// A step that is compiled as a part of either form.
#define ROWS_STEP static inline __attribute__((always_inline))
