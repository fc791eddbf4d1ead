// RUN: %nettune_check %s nettune-small-receive-buffer

// REPLACE THIS: how the same thing is done right.

extern "C" unsigned sleep(unsigned Seconds);

[[clang::annotate("nettune::worker")]] void retryLater() { sleep(1); }

[[clang::annotate("nettune::handler")]] void onRead() { retryLater(); }
