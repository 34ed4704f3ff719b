// Title: A query and an e-mail under a lock
// Cancelling one order locks all orders while the database answers and while the mail
// server takes the message. If the mail server hangs, the whole order desk hangs.
#include "mail.h"
#include <libpq-fe.h>
#include <mutex>
#include <string>
#include <unordered_map>

struct Order {
  std::string customer;
  std::string address;
  int items = 0;
};

class OrderDesk {
public:
  explicit OrderDesk(PGconn *db) : db_(db) {}

  void place(long id, Order order) {
    std::lock_guard lock(mutex_);
    open_.emplace(id, std::move(order));
  }

  bool cancel(long id) {
    std::lock_guard lock(mutex_);
    auto found = open_.find(id);
    if (found == open_.end())
      return false;

    std::string key = std::to_string(id);
    const char *values[] = {key.c_str()};
    PGresult *result = PQexecParams(db_, "UPDATE orders SET state = 'cancelled' WHERE id = $1", 1, // BAD: slow-call-under-lock
                                    nullptr, values, nullptr, nullptr, 0);
    bool stored = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!stored)
      return false;

    mail::send({found->second.address, "Order " + key, "Your order was cancelled."}); // BAD: slow-call-under-lock
    open_.erase(found);
    return true;
  }

private:
  std::mutex mutex_;
  PGconn *db_;
  std::unordered_map<long, Order> open_;
};
