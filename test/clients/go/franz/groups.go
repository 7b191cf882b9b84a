package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	. "lab.test/clients/checks"
)

var groupChecks = []Check{
	{Title: "groups: rebalance and close", Run: rebalance},
	{Title: "groups: static member", Run: staticMember},
	{Title: "groups: crash", Run: crash},
	{Title: "groups: positions", Run: positions},
	{Title: "groups: late commit", Run: lateCommit},
}

// A member that polls in the background and knows what it has been given.
type member struct {
	client  *kgo.Client
	lock    sync.Mutex
	owned   map[int32]bool
	changes int
	seen    []string
}

func join(group, topic string, session time.Duration, more ...kgo.Opt) *member {
	one := &member{owned: map[int32]bool{}}
	change := func(owns bool) func(context.Context, *kgo.Client, map[string][]int32) {
		return func(_ context.Context, _ *kgo.Client, parts map[string][]int32) {
			one.lock.Lock()
			defer one.lock.Unlock()
			// Cooperative balancers tell an empty change when there is none.
			if len(parts[topic]) > 0 {
				one.changes++
			}
			for _, number := range parts[topic] {
				if owns {
					one.owned[number] = true
				} else {
					delete(one.owned, number)
				}
			}
		}
	}
	options := []kgo.Opt{
		kgo.ConsumerGroup(group), kgo.ConsumeTopics(topic), kgo.DisableAutoCommit(),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.SessionTimeout(session), kgo.HeartbeatInterval(300 * time.Millisecond),
		kgo.OnPartitionsAssigned(change(true)), kgo.OnPartitionsRevoked(change(false)), kgo.OnPartitionsLost(change(false)),
	}
	one.client = client(append(options, more...)...)
	go one.poll()
	return one
}

func (one *member) poll() {
	for {
		fetches := one.client.PollFetches(context.Background())
		if fetches.IsClientClosed() {
			return
		}
		one.lock.Lock()
		one.seen = append(one.seen, values(fetches.Records())...)
		one.lock.Unlock()
	}
}

func (one *member) size() int { return len(one.partitions()) }

func (one *member) partitions() []int32 {
	one.lock.Lock()
	defer one.lock.Unlock()
	found := []int32{}
	for number := range one.owned {
		found = append(found, number)
	}
	slices.Sort(found)
	return found
}

func (one *member) changed() int {
	one.lock.Lock()
	defer one.lock.Unlock()
	return one.changes
}

func (one *member) commit(topic string, offset int64) error {
	return one.client.CommitRecords(within(), &kgo.Record{Topic: topic, Offset: offset - 1, LeaderEpoch: -1})
}

func rebalance() any {
	topic := create("rebalance", 4, nil)
	result := Result{}
	balancers := map[string]kgo.GroupBalancer{
		"range": kgo.RangeBalancer(), "roundrobin": kgo.RoundRobinBalancer(), "cooperative": kgo.CooperativeStickyBalancer(),
	}
	for name, balancer := range balancers {
		group := Name("rebalance-" + name)
		one := join(group, topic, Long, kgo.Balancers(balancer))
		Until("alone", func() bool { return one.size() == 4 })
		two := join(group, topic, Long, kgo.Balancers(balancer))
		Until("shared", func() bool { return one.size() == 2 && two.size() == 2 })
		all := append(one.partitions(), two.partitions()...)
		slices.Sort(all)
		started := time.Now()
		two.client.Close()
		Until("alone again", func() bool { return one.size() == 4 })
		result[name] = []any{all, one.size(), time.Since(started) < 10*time.Second}
		one.client.Close()
	}
	return result
}

func staticMember() any {
	topic, group := create("static", 4, nil), Name("static")
	one := join(group, topic, Long, kgo.InstanceID("one"))
	two := join(group, topic, Long, kgo.InstanceID("two"))
	defer one.client.Close()
	Until("shared", func() bool { return one.size() == 2 && two.size() == 2 })
	before, changes := two.partitions(), one.changed()
	two.client.Close()
	again := join(group, topic, Long, kgo.InstanceID("two"))
	defer again.client.Close()
	Until("back", func() bool { return again.size() == 2 })
	return Result{
		"same partitions":         slices.Equal(again.partitions(), before),
		"rebalances of the other": one.changed() - changes,
	}
}

func crash() any {
	topic, group := create("crash", 2, nil), Name("crash")
	child, alone := StartMember(group, topic)
	one := join(group, topic, Short)
	defer one.client.Close()
	Until("shared", func() bool { return one.size() == 1 })
	Must(child.Process.Kill())
	_ = child.Wait()
	killed := time.Now()
	Until("takeover", func() bool { return one.size() == 2 })
	// The last heartbeat of the dead member came up to one interval before it was killed.
	after := time.Since(killed) > Short-600*time.Millisecond
	return Result{"alone": alone, "takeover": one.size(), "after its session": after}
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
		Must(one.commit(topic, int64(part)*3+3))
		seen = append(seen, one.seen[:3], committed(group, topic))
		one.client.Close()
	}
	return seen
}

// A member that was taken for dead commits with its old generation.
func lateCommit() any {
	topic, group := create("late-commit", 1, nil), Name("late-commit")
	slow := join(group, topic, Long)
	Until("alone", func() bool { return slow.size() == 1 })
	memberID, generation := slow.client.GroupMetadata()
	quick := join(group, topic, Long)
	slow.client.Close()
	Until("takeover", func() bool { return quick.size() == 1 })
	return Result{
		"member that left": commitAs(group, topic, memberID, generation),
		"old generation":   commitAs(group, topic, first(quick.client.GroupMetadata()), generation-1),
		"committed":        committed(group, topic),
	}
}

func first(id string, _ int32) string { return id }
