#include "journal.h"

#include <unistd.h>

// What the team knows of, and has not come to yet.
void note(const char *bytes, std::size_t size) {
  if (size > 4000)
    usleep(1000);
}
