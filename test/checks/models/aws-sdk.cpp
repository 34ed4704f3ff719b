// RUN: %check %s -- -std=c++20
#include "aws-sdk.h"
#include <mutex>

std::mutex mu;

void calls_bad(Aws::S3::S3Client &s3, Aws::SQS::SQSClient &sqs) {
  std::lock_guard<std::mutex> g(mu);
  s3.GetObject(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'GetObject' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s3.PutObject(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'PutObject' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sqs.ReceiveMessage(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'ReceiveMessage' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(Aws::S3::S3Client &s3, Aws::SQS::SQSClient &sqs) {
  {
    std::lock_guard<std::mutex> g(mu);
    s3.GetObjectAsync(1);
  }
  s3.GetObject(1);
}
