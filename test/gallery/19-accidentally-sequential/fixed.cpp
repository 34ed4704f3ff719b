// Title: Start all, then wait
// The requests run at the same time, the last one in the calling thread. The page takes as
// long as the slowest of them.
#include "http.h"
#include <future>
#include <string>

struct StartPage {
  std::string news;
  std::string weather;
  std::string messages;
};

StartPage loadStartPage(const std::string &user) {
  auto news = std::async(std::launch::async, http::get, "https://news.example.com");
  auto weather = std::async(std::launch::async, http::get, "https://weather.example.com");
  StartPage page;
  page.messages = http::get("https://mail.example.com/" + user);
  page.news = news.get();
  page.weather = weather.get();
  return page;
}
