// Title: Three requests, one after the other
// Each request has a thread of its own, and get() waits for it before the next one
// starts. The page takes as long as without threads, and a bit longer.
#include "http.h"
#include <future>
#include <string>

struct StartPage {
  std::string news;
  std::string weather;
  std::string messages;
};

StartPage loadStartPage(const std::string &user) {
  StartPage page;
  page.news = std::async(std::launch::async, http::get, "https://news.example.com").get();       // BAD: sequential-async
  page.weather = std::async(std::launch::async, http::get, "https://weather.example.com").get(); // BAD: sequential-async
  page.messages = std::async(std::launch::async, http::get, "https://mail.example.com/" + user).get(); // BAD: sequential-async
  return page;
}
