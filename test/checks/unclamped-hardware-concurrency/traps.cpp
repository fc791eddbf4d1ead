// RUN: %nettune_check %s nettune-unclamped-hardware-concurrency

// REPLACE THIS: what looks like the pattern and is not.

extern "C" unsigned sleep(unsigned Seconds);
extern "C" int fsync(int Descriptor);

// Nobody hands it to an event loop.
void startUp() { sleep(1); }

// It blocks, but it does not sleep.
[[clang::annotate("nettune::handler")]] void onWrite() { fsync(3); }
