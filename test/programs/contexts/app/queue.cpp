#include "queue.h"

namespace app {

queue::queue() : thread_(&queue::run, this) {}

queue::~queue() {
  add(nullptr);
  thread_.join();
}

void queue::add(std::function<void()> task) {
  std::lock_guard<std::mutex> lock(mutex_);
  tasks_.push_back(std::move(task));
  changed_.notify_one();
}

std::function<void()> queue::next() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return !tasks_.empty(); });
  std::function<void()> task = std::move(tasks_.front());
  tasks_.pop_front();
  return task;
}

void queue::run() {
  while (std::function<void()> task = next())
    task();
}

} // namespace app
