package main

import (
	"time"

	"github.com/IBM/sarama"

	. "lab.test/clients/checks"
)

var transactionChecks = []Check{
	{Title: "transactions: commit and abort", Run: ends},
	{Title: "transactions: open", Run: openTransaction},
	{Title: "transactions: interleaved", Run: interleaved},
	{Title: "transactions: offsets", Run: transactionalOffsets},
	{Title: "transactions: fencing at commit", Run: fencingAtCommit},
	{Title: "transactions: fencing at send", Run: fencingAtSend},
	{Title: "transactions: time-out", Run: timeOut},
	{Title: "transactions: lost response of Produce", Run: lostInTransaction("Produce")},
	{Title: "transactions: lost response of EndTxn", Run: lostInTransaction("EndTxn")},
}

func withID(check string) func(*sarama.Config) {
	return func(config *sarama.Config) {
		idempotent(config)
		config.Producer.Transaction.ID = Name(check)
		config.Producer.Transaction.Retry.Backoff = 20 * time.Millisecond
	}
}

func transactional(check string) sarama.SyncProducer { return producer(withID(check)) }

func views(topic string) Result {
	return Result{
		"last stable offset": lastStable(topic),
		"end":                endOf(topic),
		"committed":          values(readToLast(topic, sarama.ReadCommitted, sarama.OffsetOldest)),
		"uncommitted":        logOf(topic),
	}
}

// After the markers: Apache Kafka answers EndTxn before it writes them.
func settledViews(topic string) Result {
	Until("markers", func() bool { return lastStable(topic) == endOf(topic) })
	return views(topic)
}

func ends() any {
	topic := create("txn-ends", 1, nil)
	target := transactional("txn-ends")
	defer target.Close()
	for _, one := range []struct {
		values []string
		end    func() error
	}{{[]string{"a", "b"}, target.CommitTxn}, {[]string{"c"}, target.AbortTxn}, {[]string{"d"}, target.CommitTxn}, {nil, target.CommitTxn}} {
		Must(target.BeginTxn())
		sent(target, topic, one.values...)
		Must(one.end())
	}
	return settledViews(topic)
}

func openTransaction() any {
	topic := create("txn-open", 1, nil)
	target := transactional("txn-open")
	defer target.Close()
	Must(target.BeginTxn())
	sent(target, topic, "x")
	sent(shared(), topic, "y")
	early := 0
	reading(topic, sarama.ReadCommitted, 0, func(messages <-chan *sarama.ConsumerMessage) {
		// That nothing comes can only be waited for.
		select {
		case <-messages:
			early++
		case <-time.After(500 * time.Millisecond):
		}
	})
	result := Result{"seen while open": early, "last stable offset": lastStable(topic), "end": endOf(topic)}
	Must(target.CommitTxn())
	result["ended"] = settledViews(topic)
	return result
}

// Two producers in one partition, both aborted in part: the aborted list must be right for both.
func interleaved() any {
	topic := create("txn-interleaved", 1, nil)
	one, two := transactional("txn-one"), transactional("txn-two")
	defer one.Close()
	defer two.Close()
	Must(one.BeginTxn())
	Must(two.BeginTxn())
	sent(one, topic, "1a")
	sent(two, topic, "2a")
	sent(one, topic, "1b")
	Must(one.AbortTxn())
	Must(one.BeginTxn())
	sent(one, topic, "1c")
	Must(two.AbortTxn())
	sent(one, topic, "1d")
	Must(one.CommitTxn())
	return settledViews(topic)
}

func transactionalOffsets() any {
	source, output, group := create("txn-source", 1, nil), create("txn-output", 1, nil), Name("txn-offsets")
	sent(shared(), source, "a", "b", "c")
	member := join(group, source, Long)
	Until("assigned", func() bool { return member.size() == 1 })
	three := map[string][]*sarama.PartitionOffsetMetadata{source: {{Partition: 0, Offset: 3}}}
	metadata := member.metadata(group)
	target := transactional("txn-offsets")
	defer target.Close()
	Must(target.BeginTxn())
	sent(target, output, "abort")
	Must(target.AddOffsetsToTxnWithGroupMetadata(three, metadata))
	Must(target.AbortTxn())
	result := Result{"after abort": committed(group, source)}
	Must(target.BeginTxn())
	sent(target, output, "commit")
	Must(target.AddOffsetsToTxnWithGroupMetadata(three, metadata))
	Must(target.CommitTxn())
	Until("the marker", func() bool { return committed(group, source) == 3 })
	member.close()
	Must(target.BeginTxn())
	Must(target.AddOffsetsToTxnWithGroupMetadata(three, metadata))
	// It is sent with the end of the transaction.
	result["from a member that left"] = nameOf(target.CommitTxn())
	result["abort"] = nameOf(target.AbortTxn())
	result["at last"] = committed(group, source)
	result["output"] = settledViews(output)
	return result
}

func fencingAtCommit() any {
	topic := create("txn-fencing", 1, nil)
	zombie := transactional("txn-fencing")
	defer zombie.Close()
	Must(zombie.BeginTxn())
	sent(zombie, topic, "zombie")
	successor := transactional("txn-fencing")
	defer successor.Close()
	result := Result{"commit": nameOf(zombie.CommitTxn()), "status": zombie.TxnStatus().String()}
	Must(successor.BeginTxn())
	sent(successor, topic, "successor")
	Must(successor.CommitTxn())
	result["views"] = settledViews(topic)
	return result
}

func fencingAtSend() any {
	topic := create("txn-fencing-send", 1, nil)
	zombie := transactional("txn-fencing-send")
	defer zombie.Close()
	Must(zombie.BeginTxn())
	sent(zombie, topic, "zombie")
	successor := transactional("txn-fencing-send")
	defer successor.Close()
	_, err := send(zombie, topic, "late")
	result := Result{"send": nameOf(err), "commit": nameOf(zombie.CommitTxn()), "status": zombie.TxnStatus().String()}
	result["views"] = settledViews(topic)
	return result
}

func timeOut() any {
	topic := create("txn-time-out", 1, nil)
	target := producer(withID("txn-time-out"), func(config *sarama.Config) {
		config.Producer.Transaction.Timeout = 3 * time.Second
	})
	defer target.Close()
	Must(target.BeginTxn())
	sent(target, topic, "late")
	Until("aborted by the coordinator", func() bool { return lastStable(topic) == 2 })
	return Result{"commit": nameOf(target.CommitTxn()), "views": settledViews(topic)}
}

func lostInTransaction(api string) func() any {
	return func() any {
		topic := create("txn-lost-"+api, 1, nil)
		config := settings(withID("txn-lost-"+api), identity(api, "transaction"))
		target := Value(sarama.NewSyncProducer(Lossy, config))
		defer target.Close()
		Must(target.BeginTxn())
		sent(target, topic, "a", "b")
		result := Result{"commit": nameOf(target.CommitTxn())}
		result["views"] = settledViews(topic)
		return result
	}
}
