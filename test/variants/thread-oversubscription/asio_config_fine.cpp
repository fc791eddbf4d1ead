#include <asio.hpp>

struct options {
  int threads{64};
};
options read_options(const char *file);
void start(const char *file) {
  auto o = read_options(file);
  asio::thread_pool pool(o.threads);
}
