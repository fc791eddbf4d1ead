// The lines stay in order; while the disk is slow nobody waits, and lines beyond the limit are counted and dropped.
// mutant: if (waiting_.fetch_add(1) >= limit) { => if (waiting_.fetch_add(1) >= 100 * limit) {
// mutant: asio::thread_pool thread_{1}; => asio::thread_pool thread_{4};
// mutant: asio::post(thread_, [this, => asio::dispatch(asio::system_executor(), [this,
#include "driving_asio.h"

#include <sys/stat.h>

#include <fstream>

#define private public // what the block counts is its own
#include GUIDE_BLOCK
#undef private

int main() {
  constexpr std::size_t lines = 15000;
  expect(mkfifo("log.txt", 0600) == 0, "the log can be a pipe, which takes 64 KB");
  std::string text, line;
  std::atomic<bool> read = false;
  std::thread reader([&] {
    std::ifstream file("log.txt");
    while (!read)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (std::getline(file, line))
      text += line + "\n";
  });
  std::size_t dropped = 0;
  {
    log_file log("log.txt");
    event_loop loop;
    tcp_pair tcp = tcp_connection();
    loop.run([&] { std::make_shared<session>(loop.adopt(tcp.ours), log)->read(); });
    tell(tcp.peer, "hello");
    expect(eventually([&] { return log.waiting_ + dropped > 0 || loop.is_free(); }), "the session logs");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    tcp.peer.close();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const auto started = std::chrono::steady_clock::now();
    std::thread writer([&] {
      for (std::size_t i = 0; i < lines; ++i)
        log.write(std::to_string(i) + std::string(100, '.'));
      dropped = log.dropped_;
      read = true;
    });
    expect(eventually([&] { return read.load(); }), "whoever logs does not wait for the disk");
    writer.join();
    expect(dropped > 0 && dropped < lines, "lines beyond the limit are dropped");
  }
  reader.join();
  std::string wanted = "5 bytes\n";
  for (std::size_t i = 0, kept = 0; kept < lines - dropped; ++i)
    if (const std::string here = std::to_string(i) + std::string(100, '.') + "\n"; text.find("\n" + here) != text.npos) {
      wanted += here;
      ++kept;
    } else
      expect(i < lines, "what was not dropped is written");
  expect(text == wanted, "the lines are in order, each once");
}
