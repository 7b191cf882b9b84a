package main

import (
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

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

func transactional(check string, more ...kgo.Opt) *kgo.Client {
	made := client(append([]kgo.Opt{kgo.TransactionalID(Name(check))}, more...)...)
	// Its id and epoch, which it would ask for at the first record.
	_, _, err := made.ProducerID(within())
	Must(err)
	return made
}

func commit(target *kgo.Client) error { return target.EndTransaction(within(), kgo.TryCommit) }
func abort(target *kgo.Client) error  { return target.EndTransaction(within(), kgo.TryAbort) }

func views(topic string) Result {
	return Result{
		"committed":          values(read(topic, kgo.ReadCommitted(), 0)),
		"uncommitted":        logOf(topic),
		"last stable offset": lastStable(topic),
		"end":                endOf(topic),
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
		end    func(*kgo.Client) error
	}{{[]string{"a", "b"}, commit}, {[]string{"c"}, abort}, {[]string{"d"}, commit}, {nil, commit}} {
		Must(target.BeginTransaction())
		sent(target, topic, one.values...)
		Must(one.end(target))
	}
	return settledViews(topic)
}

func openTransaction() any {
	topic := create("txn-open", 1, nil)
	target := transactional("txn-open")
	defer target.Close()
	Must(target.BeginTransaction())
	sent(target, topic, "x")
	sent(shared(), topic, "y")
	result := Result{"open": views(topic)}
	Must(commit(target))
	result["ended"] = settledViews(topic)
	return result
}

// Two producers in one partition, both aborted in part: the aborted list must be right for both.
func interleaved() any {
	topic := create("txn-interleaved", 1, nil)
	one, two := transactional("txn-one"), transactional("txn-two")
	defer one.Close()
	defer two.Close()
	Must(one.BeginTransaction())
	Must(two.BeginTransaction())
	sent(one, topic, "1a")
	sent(two, topic, "2a")
	sent(one, topic, "1b")
	Must(abort(one))
	Must(one.BeginTransaction())
	sent(one, topic, "1c")
	Must(abort(two))
	sent(one, topic, "1d")
	Must(commit(one))
	return settledViews(topic)
}

func transactionalOffsets() any {
	source, output, group := create("txn-source", 1, nil), create("txn-output", 1, nil), Name("txn-offsets")
	sent(shared(), source, "a", "b", "c")
	session := Value(kgo.NewGroupTransactSession(
		kgo.SeedBrokers(Bootstrap...),
		kgo.TransactionalID(Name("txn-offsets")),
		kgo.ConsumerGroup(group),
		kgo.ConsumeTopics(source),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.RecordPartitioner(kgo.ManualPartitioner()),
	))
	defer session.Close()
	result := Result{}
	for _, end := range []kgo.TransactionEndTry{kgo.TryAbort, kgo.TryCommit} {
		seen := []string{}
		for len(seen) < 3 {
			seen = append(seen, values(session.PollFetches(within()).Records())...)
		}
		Must(session.Begin())
		record := &kgo.Record{Topic: output, Value: []byte(seen[0])}
		Must(session.ProduceSync(within(), record).FirstErr())
		ended := Value(session.End(within(), end))
		if end == kgo.TryCommit {
			Until("the marker", func() bool { return committed(group, source) == int64(3) })
			result["after commit"] = []any{ended, committed(group, source)}
		} else {
			result["after abort"] = []any{ended, committed(group, source)}
		}
	}
	result["output"] = settledViews(output)
	return result
}

func fencingAtCommit() any {
	topic := create("txn-fencing", 1, nil)
	zombie := transactional("txn-fencing")
	defer zombie.Close()
	Must(zombie.BeginTransaction())
	sent(zombie, topic, "zombie")
	successor := transactional("txn-fencing")
	defer successor.Close()
	result := Result{"commit": nameOf(commit(zombie)), "abort": nameOf(abort(zombie))}
	Must(successor.BeginTransaction())
	sent(successor, topic, "successor")
	Must(commit(successor))
	result["views"] = settledViews(topic)
	return result
}

func fencingAtSend() any {
	topic := create("txn-fencing-send", 1, nil)
	zombie := transactional("txn-fencing-send")
	defer zombie.Close()
	Must(zombie.BeginTransaction())
	sent(zombie, topic, "zombie")
	successor := transactional("txn-fencing-send")
	defer successor.Close()
	_, err := send(zombie, topic, "late")
	result := Result{"send": nameOf(err), "commit": nameOf(commit(zombie))}
	result["views"] = settledViews(topic)
	return result
}

func timeOut() any {
	topic := create("txn-time-out", 1, nil)
	target := transactional("txn-time-out", kgo.TransactionTimeout(3*time.Second))
	defer target.Close()
	Must(target.BeginTransaction())
	sent(target, topic, "late")
	Until("aborted by the coordinator", func() bool { return lastStable(topic) == 2 })
	return Result{"commit": nameOf(commit(target)), "views": settledViews(topic)}
}

func lostInTransaction(api string) func() any {
	return func() any {
		topic := create("txn-lost-"+api, 1, nil)
		identity := kgo.ClientID("lose-" + api + "-1." + Prefix)
		target := transactional("txn-lost-"+api, kgo.SeedBrokers(Lossy...), identity)
		defer target.Close()
		Must(target.BeginTransaction())
		sent(target, topic, "a", "b")
		result := Result{"commit": nameOf(commit(target))}
		result["views"] = settledViews(topic)
		return result
	}
}
