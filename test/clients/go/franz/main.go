// The program of franz-go.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	. "lab.test/clients/checks"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "member" {
		surviveUntilKilled(os.Args[2], os.Args[3])
		return
	}
	RunAll(slices.Concat(adminChecks, recordChecks, transactionChecks, groupChecks))
}

func within() context.Context {
	// The check ends, or the program; nobody needs to cancel earlier.
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	time.AfterFunc(Patience, cancel)
	return ctx
}

func soon() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	time.AfterFunc(time.Second, cancel)
	return ctx
}

func client(more ...kgo.Opt) *kgo.Client {
	options := []kgo.Opt{
		kgo.SeedBrokers(Bootstrap...),
		kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.ProducerBatchCompression(kgo.NoCompression()),
		kgo.AllowAutoTopicCreation(),
		// A new topic is looked up again at once, not at 5 s.
		kgo.MetadataMinAge(20 * time.Millisecond),
	}
	return Value(kgo.NewClient(append(options, more...)...))
}

// For records that are only there to be read.
var shared = sync.OnceValue(func() *kgo.Client { return client() })

var admin = sync.OnceValue(func() *kadm.Client { return kadm.NewClient(shared()) })

// The protocol's name of an error, or the first words of the client's own.
func nameOf(err error) any {
	if err == nil {
		return nil
	}
	var answered *kerr.Error
	if errors.As(err, &answered) {
		return answered.Message
	}
	first, _, _ := strings.Cut(err.Error(), ":")
	return fmt.Sprintf("%T: %s", err, first)
}

func create(check string, partitions int32, config map[string]*string) string {
	topic := Name(check)
	Value(admin().CreateTopic(within(), partitions, 1, config, topic))
	// Apache Kafka answers when its controller knows the topic; the broker learns of it a moment later.
	Until("created", func() bool { return listed(topic) })
	return topic
}

func listed(topic string) bool {
	return Value(admin().ListTopics(within())).Has(topic)
}

// One after the other, each acknowledged; the offsets.
func send(target *kgo.Client, topic string, values ...string) ([]int64, error) {
	offsets := []int64{}
	for _, value := range values {
		record := &kgo.Record{Topic: topic, Value: []byte(value)}
		if err := target.ProduceSync(within(), record).FirstErr(); err != nil {
			return offsets, err
		}
		offsets = append(offsets, record.Offset)
	}
	return offsets, nil
}

func sent(target *kgo.Client, topic string, values ...string) {
	Value(send(target, topic, values...))
}

// Every record that a new reader sees up to the end of partition 0. Control records are kept, so that the end is seen.
func read(topic string, isolation kgo.IsolationLevel, start int64) []*kgo.Record {
	end := endOf(topic)
	if isolation == kgo.ReadCommitted() {
		end = lastStable(topic)
	}
	at := map[string]map[int32]kgo.Offset{topic: {0: kgo.NewOffset().At(start)}}
	reader := client(kgo.ConsumePartitions(at), kgo.FetchIsolationLevel(isolation), kgo.KeepControlRecords())
	defer reader.Close()
	seen := []*kgo.Record{}
	for position := start; position < end; {
		fetches := reader.PollFetches(within())
		Must(fetches.Err0())
		for _, record := range fetches.Records() {
			position = record.Offset + 1
			if !record.Attrs.IsControl() {
				seen = append(seen, record)
			}
		}
	}
	return seen
}

func values(records []*kgo.Record) []string {
	shown := []string{}
	for _, record := range records {
		shown = append(shown, string(record.Value))
	}
	return shown
}

func logOf(topic string) []string { return values(read(topic, kgo.ReadUncommitted(), 0)) }

func endOf(topic string) int64 {
	found, _ := Value(admin().ListEndOffsets(within(), topic)).Lookup(topic, 0)
	return found.Offset
}

func lastStable(topic string) int64 {
	found, _ := Value(admin().ListCommittedOffsets(within(), topic)).Lookup(topic, 0)
	return found.Offset
}
