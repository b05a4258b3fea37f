#include "tickbook_plugin.h"
