#include <boost/asio.hpp>

#define WORKERS (4 * 16)
boost::asio::thread_pool pool(WORKERS);
