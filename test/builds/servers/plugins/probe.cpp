#include <poll.h>

#include <chrono>
#include <thread>

/// A library with a loop of its own, for programs that are not here.
class Server {
public:
  void run(int in, int control) {
    pollfd both[] = {{in, POLLIN, 0}, {control, POLLIN, 0}};
    while (poll(both, 2, -1) >= 0)
      answer();
  }
  void answer() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }
};

void serve(int in, int control) {
  Server server;
  server.run(in, control);
}
