#include "channel.h"

#include <sys/epoll.h>

namespace net {

void channel::handle_event() {
  if ((ready_ & (EPOLLIN | EPOLLHUP)) && read_callback_)
    read_callback_();
}

} // namespace net
