// Title: Take what is needed, unlock, then talk to the world
// The lock protects the map and nothing else. The order leaves the map under the lock,
// and this thread alone owns it from then on. If the database refuses, the order goes back.
#include "mail.h"
#include <libpq-fe.h>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

struct Order {
  std::string customer;
  std::string address;
  int items = 0;
};

bool storeCancellation(const std::string &id) {
  PGconn *db = PQconnectdb("dbname=shop"); // each thread has its own connection
  const char *values[] = {id.c_str()};
  PGresult *result = PQexecParams(db, "UPDATE orders SET state = 'cancelled' WHERE id = $1", 1,
                                  nullptr, values, nullptr, nullptr, 0);
  bool stored = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  PQfinish(db);
  return stored;
}

class OrderDesk {
public:
  void place(long id, Order order) {
    std::lock_guard lock(mutex_);
    open_.emplace(id, std::move(order));
  }

  bool cancel(long id) {
    std::optional<Order> order = take(id);
    if (!order)
      return false;
    std::string key = std::to_string(id);
    if (!storeCancellation(key)) {
      place(id, std::move(*order));
      return false;
    }
    mail::send({order->address, "Order " + key, "Your order was cancelled."});
    return true;
  }

private:
  std::optional<Order> take(long id) {
    std::lock_guard lock(mutex_);
    auto node = open_.extract(id);
    if (node.empty())
      return std::nullopt;
    return std::move(node.mapped());
  }

  std::mutex mutex_;
  std::unordered_map<long, Order> open_;
};
