// The lock is not held while a receiver does not read: others can join meanwhile.
// mutant: std::lock_guard lock(mutex); => mutex.lock();
// mutant: all &= send( => all = send(
#include "driving.h"

#include <atomic>

#include GUIDE_BLOCK

int main() {
  tcp_pair slow = tcp_connection(), quick = tcp_connection();
  receivers = {slow.ours, quick.ours};
  const std::string text = long_text(std::size_t{16} << 20);
  std::atomic<bool> done = false, all = false;
  std::thread sender([&] {
    all = broadcast(text);
    done = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300)); // it waits for the slow one by now
  expect(!done, "the broadcast waits for the receiver that does not read");
  expect(eventually([] {
           if (!mutex.try_lock())
             return false;
           receivers.push_back(-1); // joins
           mutex.unlock();
           return true;
         }),
         "others can join meanwhile");
  std::string heard;
  std::thread reader([&] { heard = hear(quick.peer, text.size()); });
  expect(hear(slow.peer, text.size()) == text, "the slow one gets all");
  reader.join();
  sender.join();
  expect(heard == text && all, "so does the other, and that is the result");
  expect(!broadcast("to a receiver that is none"), "a failure is the result, whichever receiver it is");
  receivers = {-1, quick.ours};
  expect(!broadcast("to a receiver that is none"), "a failure is the result, whichever receiver it is");
}
