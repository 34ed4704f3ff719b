// A mock of loggers: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_LOGGING_H
#define THREADLINT_TEST_INPUTS_LOGGING_H

namespace spdlog {
class logger { public: template <class T> void info(const T &); void flush(); bool should_log(int) const; };
template <class T> void warn(const T &);
}
namespace google {
class LogMessage { public: LogMessage(const char *, int); ~LogMessage(); LogMessage &stream(); };
LogMessage &operator<<(LogMessage &, const char *);
}

#endif
