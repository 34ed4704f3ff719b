// RUN: %check %s
// A timer that is set again by the thread that it has started is no recursion: there
// is one thread at a time.
#include "boost.h"
#include <functional>
#include <thread>

namespace asio = boost::asio;
void download();
bool coin();

class AddressBook {
  asio::steady_timer timer_;

  void check() {
    download();
    timer_.async_wait([this](int) { update_ok(); });
  }
  void update_ok() {
    if (coin()) {
      std::thread loader(std::bind(&AddressBook::check, this));
      loader.detach();
    } else if (coin()) {
      std::thread loader(std::bind(&AddressBook::check, this));
      loader.detach();
    } else {
      timer_.async_wait([this](int) { update_ok(); });
    }
  }
};
