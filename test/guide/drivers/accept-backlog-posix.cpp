// The accept queue is as long as the system allows; a failure is the result.
// mutant: SOMAXCONN => 5
// mutant: == 0; => != 1;
#include "driving.h"

#include GUIDE_BLOCK

int main() {
  descriptor listener = bound();
  expect(open(listener), "it listens");
  expect(longest_backlog() > 128, "the system allows a long one");
  expect(backlog_of(listener) == longest_backlog(), "the queue is as long as the system allows");
  expect(!open(-1), "a failure is the result");
}
