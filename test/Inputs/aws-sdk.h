// A mock of the AWS SDK: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_AWS_SDK_H
#define THREADLINT_TEST_INPUTS_AWS_SDK_H

namespace Aws {
namespace S3 {
class S3Client { public: int GetObject(int) const; int PutObject(int) const; void GetObjectAsync(int) const; };
}
namespace SQS {
class SQSClient { public: int ReceiveMessage(int) const; };
}
}

#endif
