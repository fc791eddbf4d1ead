// RUN: %nettune_check %s nettune-blocking-call-in-handler
//
// A configuration read again on a command: by a file's name it waits for the disk, from
// a stream in memory it does not.

#include <asio.hpp>
#include <boost/property_tree/ini_parser.hpp>
#include <boost/property_tree/json_parser.hpp>
#include <openssl/ssl.h>
#include <sstream>
#include <string>

namespace pt = boost::property_tree;

class configuration {
public:
  void reload(const std::string &path) {
    pt::read_ini(path, tree_);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::property_tree::ini_parser::read_ini' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  void save() {
    pt::write_json("state.json", tree_);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::property_tree::json_parser::write_json' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
  }
  std::string answer(const std::string &request) {
    std::stringstream in(request), out;
    pt::read_json(in, tree_);
    pt::write_json(out, tree_, false);
    return out.str();
  }

private:
  pt::ptree tree_;
};

// A certificate read again; one that is in memory waits for nothing.
void renew(SSL_CTX *context, X509 *loaded) {
  (void)SSL_CTX_use_certificate(context, loaded);
  (void)SSL_CTX_use_certificate_chain_file(context, "server.pem");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'SSL_CTX_use_certificate_chain_file' may block the event loop: called from the handler given to 'asio::post'; {{.*}} [nettune-blocking-call-in-handler]
}

void commands(asio::io_context &io, configuration &settings) {
  settings.reload("start.ini");
  asio::post(io, [&] { settings.reload("again.ini"); });
  asio::post(io, [&] { settings.save(); });
  asio::post(io, [&] { settings.answer("{}"); });
  asio::post(io, [] { renew(nullptr, nullptr); });
}
