// Title: A task that is not in the background
// The mail shall not hold up the order. But nobody keeps the future, so its destructor
// waits at the end of the statement until the mail server has answered.
#include "mail.h"
#include <fstream>
#include <future>
#include <string>

struct Order {
  long id = 0;
  std::string address;
};

void confirm(const Order &order) {
  (void)std::async(std::launch::async, [&order] { // BAD: sequential-async
    mail::send({order.address, "Your order", "We have got order " + std::to_string(order.id) + "."});
  });
  std::ofstream("orders.log", std::ios::app) << order.id << '\n';
}
