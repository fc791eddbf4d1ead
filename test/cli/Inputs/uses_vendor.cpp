namespace vendor {
void push();
}

[[clang::annotate("nettune::handler")]] void onRead() { vendor::push(); }
