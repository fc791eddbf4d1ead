// MODEL: std
// PACKAGES: libstdc++-12-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/std.json names, against the system's own library.

#include <algorithm>
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <forward_list>
#include <fstream>
#include <functional>
#include <future>
#include <iterator>
#include <latch>
#include <list>
#include <mutex>
#include <numeric>
#include <optional>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

static bool even(int n) { return n % 2 == 0; }
static bool less(int a, int b) { return a < b; }
static bool same(int a, int b) { return a == b; }
static int next(int n) { return n + 1; }
static int sum(int a, int b) { return a + b; }
static int one() { return 1; }
static void see(int) {}
static void nothing() {}

void algorithms(std::vector<int> v, std::vector<int> out) {
  auto b = v.begin(), e = v.end(), m = v.begin() + v.size() / 2;
  std::for_each(b, e, see);
  std::for_each_n(b, 2, see);
  std::sort(b, e, less);
  std::stable_sort(b, e, less);
  std::partial_sort(b, m, e, less);
  std::nth_element(b, m, e, less);
  (void)std::find_if(b, e, even);
  (void)std::find_if_not(b, e, even);
  (void)std::adjacent_find(b, e, same);
  (void)std::any_of(b, e, even);
  (void)std::all_of(b, e, even);
  (void)std::none_of(b, e, even);
  (void)std::count_if(b, e, even);
  (void)std::remove_if(b, e, even);
  std::remove_copy_if(b, e, std::back_inserter(out), even);
  std::replace_if(b, e, even, 0);
  std::copy_if(b, e, std::back_inserter(out), even);
  std::transform(b, e, b, next);
  std::generate(b, e, one);
  std::generate_n(b, 2, one);
  std::partition(b, e, even);
  std::stable_partition(b, e, even);
  (void)std::partition_point(b, e, even);
  (void)std::unique(b, e, same);
  (void)std::equal(b, m, m, same);
  (void)std::mismatch(b, m, m, same);
  (void)std::search(b, e, m, e, same);
  (void)std::lexicographical_compare(b, m, m, e, less);
  (void)std::lower_bound(b, e, 1, less);
  (void)std::upper_bound(b, e, 1, less);
  (void)std::equal_range(b, e, 1, less);
  (void)std::binary_search(b, e, 1, less);
  std::merge(b, m, m, e, std::back_inserter(out), less);
  (void)std::max_element(b, e, less);
  (void)std::min_element(b, e, less);
  (void)std::minmax_element(b, e, less);
  std::make_heap(b, e, less);
  std::push_heap(b, e, less);
  std::pop_heap(b, e, less);
  (void)std::max(1, 2, less);
  (void)std::min(1, 2, less);
  (void)std::clamp(1, 2, 3, less);
  (void)std::accumulate(b, e, 0, sum);
  (void)std::reduce(b, e, 0, sum);
  (void)std::transform_reduce(b, e, 0, sum, next);
  (void)std::inner_product(b, m, m, 0, sum, sum);
  std::partial_sum(b, e, b, sum);
  std::adjacent_difference(b, e, b, sum);
  std::erase_if(v, even);
}

void rangeAlgorithms(std::vector<int> v, std::vector<int> out) {
  namespace r = std::ranges;
  r::for_each(v, see);
  r::for_each_n(v.begin(), 2, see);
  r::sort(v, less);
  r::stable_sort(v, less);
  (void)r::find_if(v, even);
  (void)r::find_if_not(v, even);
  (void)r::any_of(v, even);
  (void)r::all_of(v, even);
  (void)r::none_of(v, even);
  (void)r::count_if(v, even);
  (void)r::remove_if(v, even);
  r::replace_if(v, even, 0);
  r::copy_if(v, std::back_inserter(out), even);
  r::transform(v, v.begin(), next);
  r::generate(v, one);
  r::generate_n(v.begin(), 2, one);
  r::partition(v, even);
  (void)r::lower_bound(v, 1, less);
  (void)r::upper_bound(v, 1, less);
  (void)r::equal(v, out, same);
  (void)r::max_element(v, less);
  (void)r::min_element(v, less);
}

void invoked(std::list<int> l, std::forward_list<int> f, std::once_flag &once, std::variant<int, short> either) {
  l.remove_if(even);
  l.sort(less);
  l.unique(same);
  f.remove_if(even);
  f.sort(less);
  std::invoke(see, 1);
  std::apply(see, std::tuple(1));
  std::visit([](auto) {}, either);
  std::call_once(once, nothing);
}

struct Session {
  void onRead(int);
};

void passedOn(std::function<void()> f, Session *session) {
  std::function<void()> moved = std::move(f);
  std::function<void()> forwarded = std::forward<std::function<void()>>(moved);
  std::function<void()> perhaps = std::move_if_noexcept(forwarded);
  std::as_const(perhaps)();
  (*std::addressof(perhaps))();
  std::exchange(perhaps, nullptr)();
  std::bind(&Session::onRead, session, 1)();
  std::bind_front(&Session::onRead, session)(1);
  std::mem_fn(&Session::onRead)(session, 1);
  std::not_fn(even)(1);
  std::ref(f)();
  std::cref(f)();
}

void elsewhere(std::vector<std::thread> v, std::deque<std::thread> d, std::list<std::thread> l,
               std::optional<std::jthread> o) {
  std::thread thread(nothing);
  std::jthread joining(nothing);
  (void)std::async(std::launch::async, nothing);
  std::packaged_task<void()> task(nothing);
  v.emplace_back(nothing);
  d.emplace_back(nothing);
  l.emplace_back(nothing);
  o.emplace(nothing);
  std::set_terminate(nothing);
  thread.join();
  joining.join();
}

void sleepsAndWaits(std::unique_lock<std::mutex> &lock, std::chrono::steady_clock::time_point end) {
  using namespace std::chrono_literals;
  std::this_thread::sleep_for(1ms);
  std::this_thread::sleep_until(end);

  std::condition_variable condition;
  condition.wait(lock);
  (void)condition.wait_for(lock, 1ms);
  (void)condition.wait_until(lock, end);
  std::condition_variable_any any;
  any.wait(lock);
  (void)any.wait_for(lock, 1ms);
  (void)any.wait_until(lock, end);

  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  future.wait();
  (void)future.wait_for(0s);
  (void)future.wait_until(end);
  future.get();
  std::shared_future<int> shared;
  shared.wait();
  (void)shared.wait_for(0s);
  shared.get();

  std::binary_semaphore semaphore(0);
  semaphore.acquire();
  (void)semaphore.try_acquire_for(1ms);
  (void)semaphore.try_acquire_until(end);
  std::latch latch(1);
  latch.wait();
  latch.arrive_and_wait();
  std::barrier<> barrier(1);
  barrier.wait(barrier.arrive());
  barrier.arrive_and_wait();

  struct Pair {
    int a, b;
  };
  std::atomic<int> number = 0;
  number.wait(0);
  std::atomic<Pair> pair;
  pair.wait({0, 0});
  std::atomic_flag flag;
  flag.wait(false);
}

void streams(std::string text, char *data) {
  std::ifstream in("file");
  std::ofstream out("file");
  std::fstream both("file");
  in.open("file");
  out.open("file");
  both.open("file");
  std::filebuf buffer;
  buffer.open("file", std::ios::in);
  std::getline(in, text);
  int number;
  in >> text >> number;
  in >> number;
  in.read(data, 1);
  in.get();
  in.getline(data, 1);
  in.ignore();
  out.write(data, 1);
  out.flush();
  in.close();
  out.close();
  both.close();
}

void files(const std::filesystem::path &p, const std::filesystem::path &q) {
  namespace fs = std::filesystem;
  fs::copy(p, q);
  fs::copy_file(p, q);
  fs::remove_all(p);
  fs::create_directories(p);
  fs::resize_file(p, 0);
  for (const fs::directory_entry &entry : fs::directory_iterator(p))
    (void)entry;
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(p))
    (void)entry;
  (void)fs::exists(p);
  (void)fs::status(p);
  (void)fs::symlink_status(p);
  (void)fs::is_directory(p);
  (void)fs::is_regular_file(p);
  (void)fs::file_size(p);
  (void)fs::last_write_time(p);
  (void)fs::space(p);
  fs::remove(p);
  fs::rename(p, q);
  fs::create_directory(p);
  fs::create_symlink(p, q);
  fs::create_hard_link(p, q);
  fs::permissions(p, fs::perms::owner_all);
  (void)fs::canonical(p);
  (void)fs::weakly_canonical(p);
  (void)fs::absolute(p);
  (void)fs::equivalent(p, q);
  (void)fs::current_path();
  (void)fs::read_symlink(p);
}

void locks(std::mutex &a, std::mutex &b, std::recursive_mutex &recursive, std::timed_mutex &timed,
           std::shared_mutex &shared) {
  a.lock();
  recursive.lock();
  timed.lock();
  shared.lock();
  shared.lock_shared();
  std::lock(a, b);
}
