#include "messaging.h"

struct profile {
  std::size_t receive_buffer;
  std::size_t frame_size;
};
constexpr profile images{.receive_buffer = 4096, .frame_size = 64 * 1024};
void run(messaging::messaging_client &client) {
  profile p{.receive_buffer = 4096, .frame_size = 64 * 1024};
  client.set_receive_buffer_size(p.receive_buffer);
}
