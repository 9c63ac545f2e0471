/* Lets a Python process say between which two points callgrind counts. */
#include <valgrind/callgrind.h>

/* Instrumentation is never stopped again: where it is, callgrind loses part of the next count. */
void begin_counting(void) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
}

void end_counting(const char *name) {
    CALLGRIND_DUMP_STATS_AT(name);
}
