// MODEL: boost
// PACKAGES: libboost1.81-dev
// COMPILE: -std=c++20 -DBOOST_THREAD_VERSION=4 -DBOOST_THREAD_USES_DATETIME

// Every function that checks/model/apis/boost.json names, against the real headers.
// Boost.Thread's interface of version 5 does not compile with clang 22.

#include <boost/bind/bind.hpp>
#include <boost/bind/protect.hpp>
#include <boost/chrono.hpp>
#include <boost/filesystem.hpp>
#include <boost/filesystem/fstream.hpp>
#include <boost/mem_fn.hpp>
#include <boost/move/utility_core.hpp>
#include <boost/process.hpp>
#include <boost/property_tree/info_parser.hpp>
#include <boost/property_tree/ini_parser.hpp>
#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <boost/ref.hpp>
#include <boost/thread.hpp>
#include <boost/thread/latch.hpp>

using Clock = boost::chrono::steady_clock;

static void work() {}

struct Session {
  void onRead(int);
};

void passedOn(Session *session, boost::once_flag &once) {
  auto bound = boost::bind(&Session::onRead, session, 1);
  boost::protect(bound)();
  boost::mem_fn(&Session::onRead)(session, 1);
  boost::ref(bound);
  boost::cref(bound);
  auto moved = boost::move(bound);
  auto forwarded = boost::forward<decltype(moved)>(moved);
  forwarded();
  boost::call_once(once, work);
}

template <typename Condition>
void olderTimes(boost::thread &thread, Condition &condition, boost::unique_lock<boost::mutex> &lock) {
  thread.timed_join(boost::posix_time::seconds(1));
  condition.timed_wait(lock, boost::posix_time::seconds(1));
  boost::this_thread::sleep(boost::posix_time::seconds(1));
}
template void olderTimes(boost::thread &, boost::condition_variable &, boost::unique_lock<boost::mutex> &);
template void olderTimes(boost::thread &, boost::condition_variable_any &, boost::unique_lock<boost::mutex> &);

void threads(Clock::time_point end) {
  boost::thread thread(work);
  boost::thread_group group;
  group.create_thread(work);
  boost::async(work);
  boost::packaged_task<void()> task(work);
  thread.join();
  thread.try_join_for(boost::chrono::seconds(1));
  thread.try_join_until(end);
  group.join_all();
}

template <typename Condition>
void conditions(Condition &condition, boost::unique_lock<boost::mutex> &lock, Clock::time_point end) {
  condition.wait(lock);
  condition.wait_for(lock, boost::chrono::seconds(1));
  condition.wait_until(lock, end);
}
template void conditions(boost::condition_variable &, boost::unique_lock<boost::mutex> &, Clock::time_point);
template void conditions(boost::condition_variable_any &, boost::unique_lock<boost::mutex> &, Clock::time_point);

void waits(Clock::time_point end, boost::future<int> &future, boost::shared_future<int> &shared,
           boost::barrier &barrier, boost::latch &latch, boost::mutex &mutex, boost::shared_mutex &sharedMutex) {
  boost::this_thread::sleep_for(boost::chrono::seconds(1));
  boost::this_thread::sleep_until(end);
  boost::this_thread::no_interruption_point::sleep_for(boost::chrono::seconds(1));
  boost::this_thread::no_interruption_point::sleep_until(end);
  future.wait();
  future.wait_for(boost::chrono::seconds(1));
  future.wait_until(end);
  future.get();
  shared.get();
  barrier.wait();
  barrier.count_down_and_wait();
  latch.wait();
  latch.count_down_and_wait();
  mutex.lock();
  sharedMutex.lock();
  sharedMutex.lock_shared();
}

void files(const boost::filesystem::path &p, const boost::filesystem::path &q) {
  namespace fs = boost::filesystem;
  fs::copy(p, q);
  fs::copy_file(p, q);
  fs::remove_all(p);
  fs::create_directories(p);
  fs::resize_file(p, 0);
  fs::directory_iterator directory(p);
  fs::recursive_directory_iterator tree(p);
  fs::ifstream in(p);
  fs::ofstream out(p);
  fs::fstream both(p);
  in.open(p);
  out.open(p);
  both.open(p);
  fs::exists(p);
  fs::status(p);
  fs::is_directory(p);
  fs::is_regular_file(p);
  fs::file_size(p);
  fs::last_write_time(p);
  fs::remove(p);
  fs::rename(p, q);
  fs::create_directory(p);
  fs::canonical(p);
  fs::space(p);
}

void configuration(const std::string &name, boost::property_tree::ptree &tree) {
  namespace pt = boost::property_tree;
  pt::read_ini(name, tree);
  pt::write_ini(name, tree);
  pt::read_json(name, tree);
  pt::write_json(name, tree);
  pt::read_xml(name, tree);
  pt::write_xml(name, tree);
  pt::read_info(name, tree);
  pt::write_info(name, tree);
}

void processes(boost::process::child &child, boost::process::group &group) {
  boost::process::system("true");
  child.wait();
  child.wait_for(std::chrono::seconds(1));
  group.wait();
}
