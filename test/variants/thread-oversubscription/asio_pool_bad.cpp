#include <asio.hpp>

struct work {
  asio::thread_pool pool{48};
};
