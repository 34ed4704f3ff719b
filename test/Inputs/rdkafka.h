// A mock of librdkafka: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_RDKAFKA_H
#define THREADLINT_TEST_INPUTS_RDKAFKA_H

extern "C" {
typedef struct rd_kafka_s rd_kafka_t;
int rd_kafka_poll(rd_kafka_t *, int);
int rd_kafka_flush(rd_kafka_t *, int);
int rd_kafka_outq_len(rd_kafka_t *);
}
namespace RdKafka {
class Handle { public: virtual ~Handle(); virtual int poll(int) = 0; };
class Producer : public virtual Handle { public: virtual int flush(int) = 0; };
class KafkaConsumer : public virtual Handle { public: virtual void *consume(int) = 0; };
}

#endif
