// Calls of the system that Swift doesn't show, for processes that try plugins.
#ifndef TICKBOOK_CPLUGINABI_H
#define TICKBOOK_CPLUGINABI_H

#include "tickbook_plugin.h"

/// From here on the process ends when the thread that started it does. See prctl(2), PR_SET_PDEATHSIG.
void tickbook_end_with_parent(void);

#endif
