// The shape of GoogleTest's, Catch2's and Qt Test's assertions.
#pragma once
namespace testing {
struct Message {
  template <class T> Message &operator<<(const T &) { return *this; }
};
struct TestPartResult {
  enum Type { kSuccess, kNonFatalFailure, kFatalFailure, kSkip };
};
namespace internal {
struct AssertHelper {
  AssertHelper(TestPartResult::Type, const char *, int, const char *);
  void operator=(const Message &) const;
};
} // namespace internal
struct Test {
  static bool HasFatalFailure();
  static bool HasFailure();
};
} // namespace testing

#define GTEST_MESSAGE_(text, type) \
  ::testing::internal::AssertHelper(type, __FILE__, __LINE__, text) = ::testing::Message()
#define GTEST_FATAL_FAILURE_(text) return GTEST_MESSAGE_(text, ::testing::TestPartResult::kFatalFailure)
#define GTEST_NONFATAL_FAILURE_(text) GTEST_MESSAGE_(text, ::testing::TestPartResult::kNonFatalFailure)
#define GTEST_AMBIGUOUS_ELSE_BLOCKER_ switch (0) case 0: default:
#define GTEST_TEST_BOOLEAN_(e, text, fail) \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_ \
  if (const bool result = (e)) \
    ; \
  else \
    fail(text)
#define ASSERT_TRUE(e) GTEST_TEST_BOOLEAN_(e, #e, GTEST_FATAL_FAILURE_)
#define EXPECT_TRUE(e) GTEST_TEST_BOOLEAN_(e, #e, GTEST_NONFATAL_FAILURE_)
#define ASSERT_EQ(a, b) GTEST_TEST_BOOLEAN_((a) == (b), #a, GTEST_FATAL_FAILURE_)
#define EXPECT_EQ(a, b) GTEST_TEST_BOOLEAN_((a) == (b), #a, GTEST_NONFATAL_FAILURE_)
#define FAIL() GTEST_FATAL_FAILURE_("")
#define ADD_FAILURE() GTEST_NONFATAL_FAILURE_("")
#define GTEST_SKIP() return GTEST_MESSAGE_("", ::testing::TestPartResult::kSkip)

namespace Catch {
struct AssertionHandler {
  AssertionHandler(const char *, int);
  void handleExpr(bool);
  void complete();
};
} // namespace Catch
#define INTERNAL_CATCH_TEST(name, disposition, e) \
  do { \
    Catch::AssertionHandler handler(name, disposition); \
    try { \
      handler.handleExpr(e); \
    } catch (...) { \
    } \
    handler.complete(); \
  } while (false)
#define REQUIRE(e) INTERNAL_CATCH_TEST("REQUIRE", 1, e)
#define CHECK(e) INTERNAL_CATCH_TEST("CHECK", 2, e)

namespace QTest {
bool qVerify(bool, const char *);
}
#define QVERIFY(e) \
  do { \
    if (!QTest::qVerify(static_cast<bool>(e), #e)) \
      return; \
  } while (false)
