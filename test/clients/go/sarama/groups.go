package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/IBM/sarama"

	. "lab.test/clients/checks"
)

var groupChecks = []Check{
	{Title: "groups: rebalance and close", Run: rebalance},
	{Title: "groups: static member", Run: staticMember},
	{Title: "groups: crash", Run: crash},
	{Title: "groups: positions", Run: positions},
	{Title: "groups: late commit", Run: lateCommit},
}

// A member in the background that knows what it has been given; the handler of its own sessions.
type member struct {
	group   sarama.ConsumerGroup
	stop    context.CancelFunc
	ended   chan struct{}
	lock    sync.Mutex
	session sarama.ConsumerGroupSession
	owned   []int32
	changes int
	seen    []string
}

func join(group, topic string, session time.Duration, change ...func(*sarama.Config)) *member {
	config := settings(append(change, func(config *sarama.Config) {
		config.Consumer.Group.Session.Timeout = session
		config.Consumer.Group.Heartbeat.Interval = 300 * time.Millisecond
		config.Consumer.Group.Rebalance.Retry.Backoff = 50 * time.Millisecond
		config.Consumer.Offsets.Initial = sarama.OffsetOldest
		config.Consumer.Offsets.AutoCommit.Enable = false
		config.Consumer.Return.Errors = false
	})...)
	ctx, stop := context.WithCancel(context.Background())
	one := &member{group: Value(sarama.NewConsumerGroup(Bootstrap, group, config)), stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(one.ended)
		for ctx.Err() == nil {
			if one.group.Consume(ctx, []string{topic}, one) != nil {
				time.Sleep(50 * time.Millisecond)
			}
		}
	}()
	return one
}

func (one *member) Setup(session sarama.ConsumerGroupSession) error {
	one.lock.Lock()
	defer one.lock.Unlock()
	one.session, one.owned = session, nil
	one.changes++
	for _, numbers := range session.Claims() {
		one.owned = append(one.owned, numbers...)
	}
	slices.Sort(one.owned)
	return nil
}

func (one *member) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (one *member) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		one.lock.Lock()
		one.seen = append(one.seen, string(message.Value))
		one.lock.Unlock()
	}
	return nil
}

func (one *member) partitions() []int32 {
	one.lock.Lock()
	defer one.lock.Unlock()
	return slices.Clone(one.owned)
}

func (one *member) size() int { return len(one.partitions()) }

func (one *member) commit(topic string, offset int64) {
	one.session.MarkOffset(topic, 0, offset, "")
	one.session.Commit()
}

func (one *member) metadata(group string) *sarama.ConsumerGroupMetadata {
	return &sarama.ConsumerGroupMetadata{
		GroupID: group, GenerationID: one.session.GenerationID(), MemberID: one.session.MemberID(),
	}
}

func (one *member) close() {
	one.stop()
	<-one.ended
	Must(one.group.Close())
}

func rebalance() any {
	topic := create("rebalance", 4, nil)
	result := Result{}
	for _, strategy := range []sarama.BalanceStrategy{
		sarama.NewBalanceStrategyRange(), sarama.NewBalanceStrategyRoundRobin(), sarama.NewBalanceStrategySticky(),
	} {
		group := Name("rebalance-" + strategy.Name())
		use := func(config *sarama.Config) {
			config.Consumer.Group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{strategy}
		}
		one := join(group, topic, Long, use)
		Until("alone", func() bool { return one.size() == 4 })
		two := join(group, topic, Long, use)
		Until("shared", func() bool { return one.size() == 2 && two.size() == 2 })
		all := append(one.partitions(), two.partitions()...)
		slices.Sort(all)
		started := time.Now()
		two.close()
		Until("alone again", func() bool { return one.size() == 4 })
		result[strategy.Name()] = []any{all, one.size(), time.Since(started) < 10*time.Second}
		one.close()
	}
	return result
}

func staticMember() any {
	topic, group := create("static", 4, nil), Name("static")
	instance := func(id string) func(*sarama.Config) {
		return func(config *sarama.Config) { config.Consumer.Group.InstanceId = id }
	}
	one, two := join(group, topic, Long, instance("one")), join(group, topic, Long, instance("two"))
	Until("shared", func() bool { return one.size() == 2 && two.size() == 2 })
	before, changes := two.partitions(), one.changes
	two.close()
	again := join(group, topic, Long, instance("two"))
	Until("back", func() bool { return again.size() == 2 })
	result := Result{
		"same partitions":         slices.Equal(again.partitions(), before),
		"rebalances of the other": one.changes - changes,
	}
	again.close()
	one.close()
	return result
}

func crash() any {
	topic, group := create("crash", 2, nil), Name("crash")
	child, alone := StartMember(group, topic)
	one := join(group, topic, Short)
	Until("shared", func() bool { return one.size() == 1 })
	Must(child.Process.Kill())
	_ = child.Wait()
	killed := time.Now()
	Until("takeover", func() bool { return one.size() == 2 })
	// The last heartbeat of the dead member came up to one interval before it was killed.
	after := time.Since(killed) > Short-600*time.Millisecond
	one.close()
	return Result{"alone": alone, "takeover": 2, "after its session": after}
}

// The one that is killed: says what it was given, and goes on.
func surviveUntilKilled(group, topic string) {
	one := join(group, topic, Short)
	for said := 0; ; time.Sleep(20 * time.Millisecond) {
		if size := one.size(); size != said {
			said = size
			fmt.Println(said)
		}
	}
}

func positions() any {
	topic, group := create("positions", 1, nil), Name("positions")
	sent(shared(), topic, "a", "b", "c", "d", "e", "f")
	seen := []any{}
	for part := range 2 {
		one := join(group, topic, Long)
		Until("three", func() bool {
			one.lock.Lock()
			defer one.lock.Unlock()
			return len(one.seen) >= 3
		})
		one.commit(topic, int64(part)*3+3)
		one.close()
		seen = append(seen, one.seen[:3], committed(group, topic))
	}
	return seen
}

// A commit in the name of a member that has left, and one with an old generation.
func lateCommit() any {
	topic, group := create("late-commit", 1, nil), Name("late-commit")
	slow := join(group, topic, Long)
	Until("alone", func() bool { return slow.size() == 1 })
	left := slow.metadata(group)
	quick := join(group, topic, Long)
	slow.close()
	Until("takeover", func() bool { return quick.size() == 1 })
	old := quick.metadata(group)
	old.GenerationID--
	result := Result{"member that left": commitAs(topic, left), "old generation": commitAs(topic, old)}
	result["committed"] = committed(group, topic)
	quick.close()
	return result
}

func commitAs(topic string, as *sarama.ConsumerGroupMetadata) any {
	request := sarama.NewOffsetCommitRequest(settings(), as.GroupID)
	request.ConsumerID, request.ConsumerGroupGeneration = as.MemberID, as.GenerationID
	request.AddBlock(topic, 0, 5, 0, "")
	coordinator := Value(admin().Coordinator(as.GroupID))
	return int(Value(coordinator.CommitOffset(request)).Errors[topic][0])
}
