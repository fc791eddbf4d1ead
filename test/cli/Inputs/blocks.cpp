extern "C" unsigned sleep(unsigned Seconds);

[[clang::annotate("nettune::handler")]] void onRead() { sleep(1); }
