// RUN: %nettune_check %s nettune-incoming-buffer-copy -- -I%source_root/tools/bench/messaging
//
// Wrong answers that are known. fp_ is reported and is right; fn_ is wrong and is not reported.

#include "messaging.h"

#include <asio.hpp>
#include <iostream>
#include <sys/socket.h>

using messaging::payload;
using messaging::session_id;

static messaging::messaging_server server("orders");

class keeper {
public:
  void start(asio::ip::tcp::socket &peer) {
    server.set_message_handler([this, &peer](session_id, payload data) {
      fn_sent_at_once(peer, data);
      stored_ = std::move(data);
      fn_from_field();
      recv(3, pending_.data(), pending_.size(), 0);
      fp_alias(pending_);
    });
  }

private:
  // What flows into a field is not followed: that field of all objects would count.
  void fn_from_field() {
    auto copy = stored_;
    std::cout << copy.size();
  }
  // asio::buffer of an object that is not const gives a buffer that could be written to.
  void fn_sent_at_once(asio::ip::tcp::socket &peer, const payload &data) {
    auto copy = data;
    asio::write(peer, asio::buffer(copy));
  }
  // The reference means a member, and the member changes: the two names are not known to be one.
  void fp_alias(const payload &data) {
    auto before = data;
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: received buffer 'data' is copied into 'before' but never modified; use it by reference [nettune-incoming-buffer-copy]
    pending_.clear();
    std::cout << before.size();
  }

  payload stored_, pending_;
};
