// The file is read by the pool: while it waits, the loop is free, and then the answer comes.
// mutant: asio::post(files_, [self => asio::dispatch(socket_.get_executor(), [self
#include "driving_asio.h"

#include <sys/stat.h>

#include <fstream>

#include GUIDE_BLOCK

static void write_news(const std::string &text) { std::ofstream("news.txt") << text; } // waits for the reader

int main() {
  expect(mkfifo("news.txt", 0600) == 0, "news.txt can be a pipe, whose opening waits");
  asio::thread_pool files(1);
  event_loop loop;
  tcp_pair tcp = tcp_connection();
  loop.run([&] { std::make_shared<session>(loop.adopt(tcp.ours), files)->read_request(); });
  for (const std::string news : {"first", "second"}) {
    tell(tcp.peer, "GET\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(200)); // it waits for the file by now
    expect(loop.is_free(), "the loop is free while the file is waited for");
    write_news(news);
    expect(hear(tcp.peer, news.size()) == news, "the news come");
  }
  tcp.peer.close();
}
