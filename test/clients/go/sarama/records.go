package main

import (
	"fmt"
	"time"

	"github.com/IBM/sarama"

	. "lab.test/clients/checks"
)

var recordChecks = []Check{
	{Title: "records: none", Run: codec("none", sarama.CompressionNone)},
	{Title: "records: gzip", Run: codec("gzip", sarama.CompressionGZIP)},
	{Title: "records: snappy", Run: codec("snappy", sarama.CompressionSnappy)},
	{Title: "records: lz4", Run: codec("lz4", sarama.CompressionLZ4)},
	{Title: "records: zstd", Run: codec("zstd", sarama.CompressionZSTD)},
	{Title: "records: lost response, idempotent", Run: lostResponse("idempotent", idempotent)},
	{Title: "records: lost response, not idempotent", Run: lostResponse("plain")},
	{Title: "records: out of range", Run: outOfRange},
	{Title: "records: refused", Run: refused},
}

func codec(name string, compression sarama.CompressionCodec) func() any {
	return func() any {
		topic := create("codec-"+name, 1, nil)
		batching := producer(func(config *sarama.Config) {
			config.Producer.Compression = compression
			config.Producer.Flush.Messages = 50
		})
		defer batching.Close()
		messages := []*sarama.ProducerMessage{}
		for number := range 50 {
			message := &sarama.ProducerMessage{
				Topic:     topic,
				Key:       sarama.StringEncoder(fmt.Sprintf("k%d", number%3)),
				Headers:   []sarama.RecordHeader{{Key: []byte("one"), Value: []byte("1")}, {Key: []byte("none")}},
				Timestamp: time.UnixMilli(1000 + int64(number)),
			}
			if value := Payload(number); value != nil {
				message.Value = sarama.ByteEncoder(value)
			}
			messages = append(messages, message)
		}
		Must(batching.SendMessages(messages))
		rows := []any{}
		for _, record := range readToLast(topic, sarama.ReadUncommitted, 0) {
			headers := []string{}
			for _, header := range record.Headers {
				headers = append(headers, fmt.Sprintf("%s=%s", header.Key, header.Value))
			}
			rows = append(rows, Row(record.Offset, record.Timestamp.UnixMilli(), record.Key, record.Value, headers))
		}
		return rows
	}
}

func idempotent(config *sarama.Config) {
	config.Producer.Idempotent = true
	config.Net.MaxOpenRequests = 1
}

// The proxy takes the acknowledgement of the first Produce of a client whose id says so, and cuts.
func lostResponse(kind string, change ...func(*sarama.Config)) func() any {
	return func() any {
		topic := create("lost-"+kind, 1, nil)
		config := settings(append(change, identity("Produce", kind))...)
		sender := Value(sarama.NewSyncProducer(Lossy, config))
		defer sender.Close()
		offsets := Value(send(sender, topic, "a", "b", "c"))
		return Result{"acknowledged": offsets, "in the log": logOf(topic)}
	}
}

func identity(api, kind string) func(*sarama.Config) {
	return func(config *sarama.Config) { config.ClientID = "lose-" + api + "-1." + Prefix + "." + kind }
}

// This client does not reset by itself: it tells that the offset is out of range.
func outOfRange() any {
	topic := create("reset", 1, nil)
	sent(shared(), topic, "a", "b", "c")
	reader := Value(sarama.NewConsumer(Bootstrap, settings()))
	defer reader.Close()
	_, err := reader.ConsumePartition(topic, 0, 99)
	result := Result{"beyond the end": nameOf(err)}
	partition := Value(reader.ConsumePartition(topic, 0, 1))
	defer partition.Close()
	result["within"] = string((<-partition.Messages()).Value)
	return result
}

func refused() any {
	topic := create("refused", 1, map[string]*string{"max.message.bytes": text("1000")})
	outcome := func(target sarama.SyncProducer, topic, value string, partition int32) any {
		message := &sarama.ProducerMessage{Topic: topic, Value: sarama.StringEncoder(value), Partition: partition}
		_, offset, err := target.SendMessage(message)
		return []any{nameOf(err), offset}
	}
	none := producer(func(config *sarama.Config) { config.Producer.RequiredAcks = sarama.NoResponse })
	leader := producer(func(config *sarama.Config) { config.Producer.RequiredAcks = sarama.WaitForLocal })
	defer none.Close()
	defer leader.Close()
	result := Result{
		"too large":         outcome(shared(), topic, string(make([]byte, 5000)), 0),
		"no such partition": outcome(shared(), topic, "x", 7),
		"no such topic":     outcome(shared(), Name("created-on-demand"), "x", 0),
		"acks 0":            outcome(none, topic, "0", 0),
	}
	// The acknowledgement of acks=0 comes before the record.
	Until("appended", func() bool { return endOf(topic) == 1 })
	result["acks 1"] = outcome(leader, topic, "1", 0)
	result["in the log"] = logOf(topic)
	return result
}
