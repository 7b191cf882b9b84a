package main

import (
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	. "lab.test/clients/checks"
)

var adminChecks = []Check{
	{Title: "admin: topics", Run: topics},
	{Title: "admin: partitions", Run: partitions},
	{Title: "admin: configurations", Run: configurations},
	{Title: "admin: offsets", Run: offsets},
	{Title: "admin: delete records", Run: deleteRecords},
	{Title: "admin: groups", Run: groups},
	{Title: "admin: delete topics", Run: deleteTopics},
}

func text(value string) *string { return &value }

func made(partitions int32, replicas int16, config map[string]*string, topic string) any {
	_, err := admin().CreateTopic(within(), partitions, replicas, config, topic)
	return nameOf(err)
}

func described(topic string) any {
	found := Value(admin().ListTopics(within(), topic))[topic]
	if found.Err != nil {
		return nameOf(found.Err)
	}
	rows := []any{}
	for _, one := range found.Partitions.Sorted() {
		rows = append(rows, []any{one.Partition, len(one.Replicas), len(one.ISR), one.Leader > 0})
	}
	return rows
}

func topics() any {
	topic := create("topics", 2, nil)
	byDefault := create("topics-defaults", -1, nil)
	return Result{
		"partitions":        described(topic),
		"by default":        described(byDefault),
		"again":             made(2, 1, nil, topic),
		"bad name":          made(1, 1, nil, Name("not a name")),
		"no partitions":     made(0, 1, nil, Name("none")),
		"too many replicas": made(1, 99, nil, Name("many")),
		"bad config":        made(1, 1, map[string]*string{"retention.ms": text("soon")}, Name("bad")),
	}
}

func partitions() any {
	topic := create("partitions", 2, nil)
	grow := func(count int, which string) any {
		answers := Value(admin().UpdatePartitions(within(), count, which))
		return nameOf(answers[which].Err)
	}
	result := Result{"grown": grow(4, topic)}
	Until("grown", func() bool { return len(Value(admin().ListTopics(within(), topic))[topic].Partitions) == 4 })
	result["after"] = described(topic)
	result["fewer"] = grow(3, topic)
	result["unknown"] = grow(3, Name("nowhere"))
	return result
}

func configOf(topic string) any {
	found := Value(admin().DescribeTopicConfigs(within(), topic))[0]
	if found.Err != nil {
		return nameOf(found.Err)
	}
	shown := Result{}
	for _, entry := range found.Configs {
		// What the node's own file sets differs between a cluster of one node and another of three.
		if entry.Key != "min.insync.replicas" {
			shown[entry.Key] = []any{entry.MaybeValue(), entry.Source.String(), entry.Sensitive}
		}
	}
	return shown
}

func configurations() any {
	topic := create("configs", 1, map[string]*string{"retention.ms": text("1234567")})
	alter := func(operation kadm.IncrementalOp, key, value string) any {
		change := []kadm.AlterConfig{{Op: operation, Name: key, Value: &value}}
		return nameOf(Value(admin().AlterTopicConfigs(within(), change, topic))[0].Err)
	}
	result := Result{"created": configOf(topic)}
	result["append"] = alter(kadm.AppendConfig, "cleanup.policy", "compact")
	result["delete"] = alter(kadm.DeleteConfig, "retention.ms", "")
	Until("altered", func() bool {
		policy := configOf(topic).(Result)["cleanup.policy"].([]any)[0]
		time := configOf(topic).(Result)["retention.ms"].([]any)[0]
		return policy != "delete" && time != "1234567"
	})
	result["altered"] = configOf(topic)
	result["bad value"] = alter(kadm.SetConfig, "retention.ms", "soon")
	result["bad name"] = alter(kadm.SetConfig, "retention.parsecs", "1")
	result["no list"] = alter(kadm.AppendConfig, "retention.ms", "1")
	result["unknown topic"] = configOf(Name("nowhere"))
	return result
}

func offsets() any {
	topic := create("offsets", 1, nil)
	for number := range 5 {
		record := &kgo.Record{Topic: topic, Value: []byte("v"), Timestamp: milliseconds(1_000_000 * int64(number+1))}
		Must(shared().ProduceSync(within(), record).FirstErr())
	}
	at := func(found kadm.ListedOffsets, err error) any {
		one, _ := Value(found, err).Lookup(topic, 0)
		return []any{one.Offset, nameOf(one.Err)}
	}
	return Result{
		"earliest":      at(admin().ListStartOffsets(within(), topic)),
		"latest":        at(admin().ListEndOffsets(within(), topic)),
		"between":       at(admin().ListOffsetsAfterMilli(within(), 2_500_000, topic)),
		"exactly":       at(admin().ListOffsetsAfterMilli(within(), 3_000_000, topic)),
		"after all":     at(admin().ListOffsetsAfterMilli(within(), 9_000_000, topic)),
		"greatest time": at(admin().ListMaxTimestampOffsets(within(), topic)),
	}
}

func deleteRecords() any {
	topic := create("delete-records", 1, nil)
	sent(shared(), topic, "v0", "v1", "v2", "v3", "v4")
	before := func(offset int64) any {
		asked := kadm.Offsets{}
		asked.AddOffset(topic, 0, offset, -1)
		found, _ := Value(admin().DeleteRecords(within(), asked)).Lookup(topic, 0)
		return []any{found.LowWatermark, nameOf(found.Err)}
	}
	return Result{
		"low":              before(3),
		"left":             values(read(topic, kgo.ReadUncommitted(), 3)),
		"before the start": before(1),
		"beyond the end":   before(99),
	}
}

func state(group string) any {
	found := Value(admin().DescribeGroups(within(), group))[group]
	return []any{found.State, found.ProtocolType, found.Protocol, len(found.Members), nameOf(found.Err)}
}

func committed(group, topic string) any {
	found, ok := Value(admin().FetchOffsets(within(), group)).Lookup(topic, 0)
	if !ok {
		return nil
	}
	return found.At
}

func commitByHand(group, topic string, offset int64) any {
	wanted := kadm.Offsets{}
	wanted.AddOffset(topic, 0, offset, -1)
	found, _ := Value(admin().CommitOffsets(within(), group, wanted)).Lookup(topic, 0)
	return nameOf(found.Err)
}

func groups() any {
	topic, group := create("groups", 1, nil), Name("groups")
	remove := func() any { return nameOf(Value(admin().DeleteGroups(within(), group))[group].Err) }
	member := join(group, topic, Long)
	Until("assigned", func() bool { return member.size() == 1 })
	Must(member.commit(topic, 2))
	result := Result{"stable": state(group), "committed": committed(group, topic)}
	result["deleted while in use"] = remove()
	result["altered while in use"] = commitByHand(group, topic, 1)
	member.client.Close()
	result["empty"] = state(group)
	listed := Value(admin().ListGroups(within()))[group]
	result["listed"] = []any{listed.State, listed.ProtocolType}
	result["altered"] = []any{commitByHand(group, topic, 1), committed(group, topic)}
	result["deleted"] = []any{remove(), state(group), committed(group, topic)}
	result["deleted again"] = remove()
	return result
}

func deleteTopics() any {
	topic := create("delete-topics", 1, nil)
	remove := func() any { return nameOf(Value(admin().DeleteTopics(within(), topic))[topic].Err) }
	result := Result{"first": remove()}
	Until("gone", func() bool { return !listed(topic) })
	result["again"] = remove()
	result["metadata"] = described(topic)
	return result
}
