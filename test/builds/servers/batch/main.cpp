#include "core/dispatcher.h"

#include <chrono>
#include <iostream>
#include <thread>

// There is no loop here: it may wait as long as it likes.
int main() {
  core::Dispatcher dispatcher;
  dispatcher.on_message([](const std::string &message) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    std::cout << message << "\n";
  });
  for (std::string line; std::getline(std::cin, line);)
    dispatcher.dispatch(line);
}
