package main

import (
	"fmt"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	. "lab.test/clients/checks"
)

var recordChecks = []Check{
	{Title: "records: none", Run: codec("none", kgo.NoCompression())},
	{Title: "records: gzip", Run: codec("gzip", kgo.GzipCompression())},
	{Title: "records: snappy", Run: codec("snappy", kgo.SnappyCompression())},
	{Title: "records: lz4", Run: codec("lz4", kgo.Lz4Compression())},
	{Title: "records: zstd", Run: codec("zstd", kgo.ZstdCompression())},
	{Title: "records: lost response, idempotent", Run: lostResponse("idempotent")},
	{Title: "records: lost response, not idempotent", Run: lostResponse("plain", kgo.DisableIdempotentWrite())},
	{Title: "records: out of range", Run: outOfRange},
	{Title: "records: refused", Run: refused},
}

func milliseconds(since1970 int64) time.Time { return time.UnixMilli(since1970) }

func codec(name string, compression kgo.CompressionCodec) func() any {
	return func() any {
		topic := create("codec-"+name, 1, nil)
		batching := client(kgo.ProducerBatchCompression(compression), kgo.ProducerLinger(200*time.Millisecond))
		defer batching.Close()
		records := []*kgo.Record{}
		for number := range 50 {
			records = append(records, &kgo.Record{
				Topic:     topic,
				Key:       fmt.Appendf(nil, "k%d", number%3),
				Value:     Payload(number),
				Headers:   []kgo.RecordHeader{{Key: "one", Value: []byte("1")}, {Key: "none"}},
				Timestamp: milliseconds(1000 + int64(number)),
			})
		}
		Must(batching.ProduceSync(within(), records...).FirstErr())
		rows := []any{}
		for _, record := range read(topic, kgo.ReadUncommitted(), 0) {
			headers := []string{}
			for _, header := range record.Headers {
				headers = append(headers, fmt.Sprintf("%s=%s", header.Key, header.Value))
			}
			rows = append(rows, Row(record.Offset, record.Timestamp.UnixMilli(), record.Key, record.Value, headers))
		}
		return rows
	}
}

// The proxy takes the acknowledgement of the first Produce of a client whose id says so, and cuts.
func lostResponse(kind string, more ...kgo.Opt) func() any {
	return func() any {
		topic := create("lost-"+kind, 1, nil)
		identity := []kgo.Opt{kgo.SeedBrokers(Lossy...), kgo.ClientID("lose-Produce-1." + Prefix + "." + kind)}
		sender := client(append(identity, more...)...)
		defer sender.Close()
		offsets := Value(send(sender, topic, "a", "b", "c"))
		return Result{"acknowledged": offsets, "in the log": logOf(topic)}
	}
}

// Where a reader goes on whose position was never reached: what it sees, and a record that comes later.
func outOfRange() any {
	result := Result{}
	policies := map[string]kgo.Offset{"earliest": kgo.NewOffset().AtStart(), "latest": kgo.NewOffset().AtEnd()}
	for name, policy := range policies {
		topic := create("reset-"+name, 1, nil)
		sent(shared(), topic, "a", "b", "c")
		at := map[string]map[int32]kgo.Offset{topic: {0: kgo.NewOffset().At(99)}}
		reader := client(kgo.ConsumePartitions(at), kgo.ConsumeResetOffset(policy))
		seen := []string{}
		if name == "earliest" {
			for len(seen) < 3 {
				seen = append(seen, values(reader.PollFetches(within()).Records())...)
			}
		} else {
			// Its new position is asked for in the background: until it is there, later records are sent.
			for number := 0; len(seen) == 0; number++ {
				sent(shared(), topic, "later")
				seen = append(seen, values(reader.PollFetches(soon()).Records())...)
			}
			seen = seen[:1]
		}
		reader.Close()
		result[name] = seen
	}
	return result
}

func refused() any {
	topic := create("refused", 1, map[string]*string{"max.message.bytes": text("1000")})
	outcome := func(target *kgo.Client, record *kgo.Record) []any {
		err := target.ProduceSync(within(), record).FirstErr()
		return []any{nameOf(err), record.Offset}
	}
	large := make([]byte, 5000)
	none := client(kgo.RequiredAcks(kgo.NoAck()), kgo.DisableIdempotentWrite())
	leader := client(kgo.RequiredAcks(kgo.LeaderAck()), kgo.DisableIdempotentWrite())
	defer none.Close()
	defer leader.Close()
	result := Result{
		"too large":         outcome(shared(), &kgo.Record{Topic: topic, Value: large})[0:1],
		"no such partition": outcome(shared(), &kgo.Record{Topic: topic, Partition: 7})[0:1],
		"no such topic":     outcome(shared(), &kgo.Record{Topic: Name("created-on-demand")}),
		"acks 0":            outcome(none, &kgo.Record{Topic: topic, Value: []byte("0")}),
	}
	// The acknowledgement of acks=0 comes before the record.
	Until("appended", func() bool { return endOf(topic) == 1 })
	result["acks 1"] = outcome(leader, &kgo.Record{Topic: topic, Value: []byte("1")})
	result["in the log"] = logOf(topic)
	return result
}
