// The program of sarama.
package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/IBM/sarama"

	. "lab.test/clients/checks"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "member" {
		surviveUntilKilled(os.Args[2], os.Args[3])
		return
	}
	RunAll(slices.Concat(adminChecks, recordChecks, transactionChecks, groupChecks))
}

func settings(change ...func(*sarama.Config)) *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.V3_9_1_0
	config.Producer.Return.Successes = true
	config.Producer.Partitioner = sarama.NewManualPartitioner
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Metadata.Retry.Backoff = 20 * time.Millisecond
	config.Consumer.Retry.Backoff = 50 * time.Millisecond
	config.Consumer.MaxWaitTime = 100 * time.Millisecond
	config.Consumer.Return.Errors = true
	for _, one := range change {
		one(config)
	}
	return config
}

func producer(change ...func(*sarama.Config)) sarama.SyncProducer {
	return Value(sarama.NewSyncProducer(Bootstrap, settings(change...)))
}

// For records that are only there to be read.
var shared = sync.OnceValue(func() sarama.SyncProducer { return producer() })

var admin = sync.OnceValue(func() sarama.ClusterAdmin {
	return Value(sarama.NewClusterAdmin(Bootstrap, settings()))
})

// The protocol's number of an error, or the client's own words.
func nameOf(err error) any {
	if err == nil {
		return nil
	}
	var answered sarama.KError
	if errors.As(err, &answered) {
		return int(answered)
	}
	return fmt.Sprintf("%T: %v", err, err)
}

func create(check string, partitions int32, config map[string]*string) string {
	topic := Name(check)
	Must(admin().CreateTopic(topic, &sarama.TopicDetail{NumPartitions: partitions, ReplicationFactor: 1, ConfigEntries: config}, false))
	// Apache Kafka answers when its controller knows the topic; the broker learns of it a moment later.
	Until("created", func() bool { return listed(topic) })
	return topic
}

func listed(topic string) bool {
	_, found := Value(admin().ListTopics())[topic]
	return found
}

func send(target sarama.SyncProducer, topic string, values ...string) ([]int64, error) {
	offsets := []int64{}
	for _, value := range values {
		message := &sarama.ProducerMessage{Topic: topic, Value: sarama.StringEncoder(value)}
		_, offset, err := target.SendMessage(message)
		if err != nil {
			return offsets, err
		}
		offsets = append(offsets, offset)
	}
	return offsets, nil
}

func sent(target sarama.SyncProducer, topic string, values ...string) {
	Value(send(target, topic, values...))
}

func offsetAt(topic string, at int64, isolation sarama.IsolationLevel) *sarama.OffsetResult {
	asked := map[string]map[int32]int64{topic: {0: at}}
	return Value(admin().ListOffsets(asked, &sarama.ListOffsetsOptions{IsolationLevel: isolation}))[topic][0]
}

func endOf(topic string) int64 {
	return offsetAt(topic, sarama.OffsetNewest, sarama.ReadUncommitted).Offset
}

func lastStable(topic string) int64 {
	return offsetAt(topic, sarama.OffsetNewest, sarama.ReadCommitted).Offset
}

const last = "the last record"

// What a new reader sees until it sees a last record, which is sent now: this client does not tell the end of a log.
func readToLast(topic string, isolation sarama.IsolationLevel, start int64) []*sarama.ConsumerMessage {
	sent(shared(), topic, last)
	seen := []*sarama.ConsumerMessage{}
	deadline := time.After(Patience)
	reading(topic, isolation, start, func(messages <-chan *sarama.ConsumerMessage) {
		for {
			select {
			case message := <-messages:
				if string(message.Value) == last {
					return
				}
				seen = append(seen, message)
			case <-deadline:
				panic("no end of " + topic)
			}
		}
	})
	return slices.DeleteFunc(seen, func(one *sarama.ConsumerMessage) bool { return string(one.Value) == last })
}

func reading(topic string, isolation sarama.IsolationLevel, start int64, take func(<-chan *sarama.ConsumerMessage)) {
	reader := Value(sarama.NewConsumer(Bootstrap, settings(func(config *sarama.Config) {
		config.Consumer.IsolationLevel = isolation
	})))
	defer reader.Close()
	partition := Value(reader.ConsumePartition(topic, 0, start))
	defer partition.Close()
	take(partition.Messages())
}

func values(messages []*sarama.ConsumerMessage) []string {
	shown := []string{}
	for _, message := range messages {
		shown = append(shown, string(message.Value))
	}
	return shown
}

func logOf(topic string) []string {
	return values(readToLast(topic, sarama.ReadUncommitted, sarama.OffsetOldest))
}
