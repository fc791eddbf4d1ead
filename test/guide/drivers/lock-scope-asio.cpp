// The strand runs one handler after the other, on whatever thread, and nobody who publishes waits.
// mutant: asio::strand<asio::any_io_executor> strand_; => asio::any_io_executor strand_;
// mutant: asio::post(strand_, [self = shared_from_this(), text => asio::dispatch(asio::system_executor(), [self = shared_from_this(), text
#include "driving_asio.h"

#include <functional>

#include GUIDE_BLOCK

int main() {
  constexpr int texts = 100;
  event_loop loop(4);
  auto news = std::make_shared<topic>(loop.io.get_executor());
  std::atomic<int> inside = 0, together = 0;
  std::atomic<bool> hold = true;
  std::vector<std::string> heard, heard_too; // unprotected: the strand's
  news->subscribe([&](const std::string &text) {
    together = std::max(together.load(), ++inside);
    while (hold)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    heard.push_back(text);
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    --inside;
  });
  news->subscribe([&](const std::string &text) { heard_too.push_back(text); });
  std::atomic<bool> published = false;
  std::thread publisher([&] {
    for (int i = 0; i < texts; ++i)
      news->publish(std::to_string(i));
    published = true;
  });
  expect(eventually([&] { return published.load(); }), "who publishes does not wait for the subscribers");
  publisher.join();
  hold = false;
  std::promise<void> last;
  news->subscribe([&](const std::string &) { last.set_value(); });
  news->publish("last");
  expect(last.get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready, "all is delivered");
  expect(together == 1, "one handler after the other");
  expect(heard.size() == texts + 1 && heard == heard_too, "each subscriber gets each text");
  for (int i = 0; i < texts; ++i)
    expect(heard[static_cast<std::size_t>(i)] == std::to_string(i), "in order");
}
