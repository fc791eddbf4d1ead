#include <boost/asio.hpp>

#define WORKERS (4 * 2)
boost::asio::thread_pool pool(WORKERS);
