#include <asio.hpp>

struct options {
  int threads{64};
};
void start(const options &o) { asio::thread_pool pool(o.threads); }
