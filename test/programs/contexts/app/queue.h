#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace app {

// Tasks for a thread of its own.
class queue {
public:
  queue();
  ~queue();
  void add(std::function<void()> task);

private:
  void run();
  std::function<void()> next();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::thread thread_;
};

} // namespace app
