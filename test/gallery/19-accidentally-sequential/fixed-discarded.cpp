// Title: Keep the future until the work is done
// The mail is sent while the order is written. get() waits for what is left of it.
#include "mail.h"
#include <fstream>
#include <future>
#include <string>

struct Order {
  long id = 0;
  std::string address;
};

void confirm(const Order &order) {
  auto sent = std::async(std::launch::async, [&order] {
    mail::send({order.address, "Your order", "We have got order " + std::to_string(order.id) + "."});
  });
  std::ofstream("orders.log", std::ios::app) << order.id << '\n';
  sent.get();
}
