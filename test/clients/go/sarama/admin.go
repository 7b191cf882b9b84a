package main

import (
	"time"

	"github.com/IBM/sarama"

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
	detail := &sarama.TopicDetail{NumPartitions: partitions, ReplicationFactor: replicas, ConfigEntries: config}
	return nameOf(admin().CreateTopic(topic, detail, false))
}

func described(topic string) any {
	found := Value(admin().DescribeTopics([]string{topic}))[0]
	if found.Err != sarama.ErrNoError {
		return nameOf(found.Err)
	}
	rows := make([]any, len(found.Partitions))
	for _, one := range found.Partitions {
		rows[one.ID] = []any{one.ID, len(one.Replicas), len(one.Isr), one.Leader > 0}
	}
	return rows
}

func topics() any {
	topic := create("topics", 2, nil)
	return Result{
		"partitions":        described(topic),
		"again":             made(2, 1, nil, topic),
		"bad name":          made(1, 1, nil, Name("not a name")),
		"no partitions":     made(0, 1, nil, Name("none")),
		"too many replicas": made(1, 99, nil, Name("many")),
		"bad config":        made(1, 1, map[string]*string{"retention.ms": text("soon")}, Name("bad")),
	}
}

func partitions() any {
	topic := create("partitions", 2, nil)
	grow := func(count int32, which string) any {
		return nameOf(admin().CreatePartitions(which, count, nil, false))
	}
	result := Result{"grown": grow(4, topic)}
	Until("grown", func() bool { return Value(admin().ListTopics())[topic].NumPartitions == 4 })
	result["after"] = described(topic)
	result["fewer"] = grow(3, topic)
	result["unknown"] = grow(3, Name("nowhere"))
	return result
}

func configOf(topic string) any {
	resource := sarama.ConfigResource{Type: sarama.TopicResource, Name: topic}
	found, err := admin().DescribeConfig(resource)
	if err != nil {
		return nameOf(err)
	}
	shown := Result{}
	for _, entry := range found {
		// What the node's own file sets differs between a cluster of one node and another of three.
		if entry.Name != "min.insync.replicas" {
			shown[entry.Name] = []any{entry.Value, entry.Source.String(), entry.ReadOnly, entry.Sensitive}
		}
	}
	return shown
}

func configurations() any {
	topic := create("configs", 1, map[string]*string{"retention.ms": text("1234567")})
	alter := func(operation sarama.IncrementalAlterConfigsOperation, key, value string) any {
		change := map[string]sarama.IncrementalAlterConfigsEntry{key: {Operation: operation, Value: &value}}
		return nameOf(admin().IncrementalAlterConfig(sarama.TopicResource, topic, change, false))
	}
	result := Result{"created": configOf(topic)}
	result["append"] = alter(sarama.IncrementalAlterConfigsOperationAppend, "cleanup.policy", "compact")
	result["delete"] = alter(sarama.IncrementalAlterConfigsOperationDelete, "retention.ms", "")
	Until("altered", func() bool {
		found := configOf(topic).(Result)
		return found["cleanup.policy"].([]any)[0] != "delete" && found["retention.ms"].([]any)[0] != "1234567"
	})
	result["altered"] = configOf(topic)
	result["bad value"] = alter(sarama.IncrementalAlterConfigsOperationSet, "retention.ms", "soon")
	result["bad name"] = alter(sarama.IncrementalAlterConfigsOperationSet, "retention.parsecs", "1")
	result["all at once"] = nameOf(admin().AlterConfig(sarama.TopicResource, topic, map[string]*string{"retention.ms": text("5")}, false))
	Until("altered again", func() bool { return configOf(topic).(Result)["retention.ms"].([]any)[0] == "5" })
	result["after it"] = configOf(topic)
	return result
}

func offsets() any {
	topic := create("offsets", 1, nil)
	for number := range 5 {
		message := &sarama.ProducerMessage{Topic: topic, Timestamp: time.UnixMilli(1_000_000 * int64(number+1))}
		_, _, err := shared().SendMessage(message)
		Must(err)
	}
	at := func(time int64) any {
		found := offsetAt(topic, time, sarama.ReadUncommitted)
		return []any{found.Offset, nameOf(found.Err)}
	}
	return Result{
		"earliest":  at(sarama.OffsetOldest),
		"latest":    at(sarama.OffsetNewest),
		"between":   at(2_500_000),
		"exactly":   at(3_000_000),
		"after all": at(9_000_000),
	}
}

func deleteRecords() any {
	topic := create("delete-records", 1, nil)
	sent(shared(), topic, "v0", "v1", "v2", "v3", "v4")
	before := func(offset int64) any { return nameOf(admin().DeleteRecords(topic, map[int32]int64{0: offset})) }
	return Result{
		"outcome":          before(3),
		"earliest":         offsetAt(topic, sarama.OffsetOldest, sarama.ReadUncommitted).Offset,
		"before the start": before(1),
		"beyond the end":   before(99),
		"left":             logOf(topic),
	}
}

func state(group string) any {
	found := Value(admin().DescribeConsumerGroups([]string{group}))[0]
	return []any{found.State, found.ProtocolType, found.Protocol, len(found.Members), int(found.Err)}
}

func committed(group, topic string) int64 {
	found := Value(admin().ListConsumerGroupOffsets(group, map[string][]int32{topic: {0}}))
	return found.GetBlock(topic, 0).Offset
}

func commitByHand(group, topic string, offset int64) any {
	wanted := map[string]map[int32]sarama.OffsetAndMetadata{topic: {0: {Offset: offset}}}
	answer, err := admin().AlterConsumerGroupOffsets(group, wanted, nil)
	if err != nil {
		return nameOf(err)
	}
	return int(answer.Errors[topic][0])
}

func groups() any {
	topic, group := create("groups", 1, nil), Name("groups")
	remove := func() any { return nameOf(admin().DeleteConsumerGroup(group)) }
	forget := func() any { return nameOf(admin().DeleteConsumerGroupOffset(group, topic, 0)) }
	member := join(group, topic, Long)
	Until("assigned", func() bool { return member.size() == 1 })
	member.commit(topic, 2)
	result := Result{"stable": state(group), "committed": committed(group, topic)}
	result["deleted while in use"] = remove()
	result["altered while in use"] = commitByHand(group, topic, 1)
	result["forgotten while in use"] = forget()
	member.close()
	result["empty"] = state(group)
	result["listed"] = Value(admin().ListConsumerGroups())[group]
	result["altered"] = []any{commitByHand(group, topic, 1), committed(group, topic)}
	result["deleted"] = []any{remove(), state(group), committed(group, topic)}
	result["deleted again"] = remove()
	return result
}

func deleteTopics() any {
	topic := create("delete-topics", 1, nil)
	result := Result{"first": nameOf(admin().DeleteTopic(topic))}
	Until("gone", func() bool { return !listed(topic) })
	result["again"] = nameOf(admin().DeleteTopic(topic))
	return result
}
