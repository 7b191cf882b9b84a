package main

import (
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kmsg"

	. "lab.test/clients/checks"
)

// A commit in the name of any member: the client itself would not send one that it knows to be late.
func commitAs(group, topic, memberID string, generation int32) any {
	request := kmsg.NewPtrOffsetCommitRequest()
	request.Group, request.MemberID, request.Generation = group, memberID, generation
	partition := kmsg.NewOffsetCommitRequestTopicPartition()
	partition.Offset = 5
	wanted := kmsg.NewOffsetCommitRequestTopic()
	wanted.Topic, wanted.Partitions = topic, []kmsg.OffsetCommitRequestTopicPartition{partition}
	request.Topics = []kmsg.OffsetCommitRequestTopic{wanted}
	answer := Value(request.RequestWith(within(), shared()))
	return nameOf(kerr.ErrorForCode(answer.Topics[0].Partitions[0].ErrorCode))
}
