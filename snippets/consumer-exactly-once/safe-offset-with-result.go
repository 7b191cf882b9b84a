// tab stops: localhost:9092 | orders | order-service
// en: Exactly-once effect by storing the offset with the result: both are written by one rename of a file
// en: (or one transaction of a database), and reading goes on from there. Kafka's committed offset only informs.
// fr: Effet « exactement une fois » en stockant l’offset avec le résultat : les deux sont écrits par un même
// fr: renommage de fichier (ou une transaction de base), et la lecture reprend de là. L’offset validé dans Kafka
// fr: ne fait qu’informer.
// region imports
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/twmb/franz-go/pkg/kgo"
)

// endregion

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// region settings
	client, err := kgo.NewClient(
		kgo.SeedBrokers("localhost:9092"),
		kgo.ConsumeTopics("orders"),
		kgo.ConsumerGroup("order-service"),
		kgo.DisableAutoCommit(),
		// en: Where nothing is stored yet, begin at the start of the topic.
		// fr: Là où rien n’est encore stocké, commencer au début du topic.
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		// en: A partition is given to another member only between two polls.
		// fr: Une partition n’est donnée à un autre membre qu’entre deux lectures.
		kgo.BlockRebalanceOnPoll(),
		// en: The store knows what is done; offsets committed in Kafka may be older.
		// fr: Le stockage sait ce qui est fait ; les offsets validés dans Kafka peuvent être plus anciens.
		kgo.AdjustFetchOffsetsFn(storedPositions),
	)
	if err != nil {
		return err
	}
	// endregion
	defer client.CloseAllowingRebalance()

	// region pattern
	for ctx.Err() == nil {
		fetches := client.PollRecords(ctx, 100)
		for _, failure := range fetches.Errors() {
			// en: What can be tried again this client tries by itself.
			// fr: Ce qui peut être réessayé, ce client le réessaie de lui-même.
			log.Printf("%s/%d: %v", failure.Topic, failure.Partition, failure.Err)
		}
		for _, record := range fetches.Records() {
			if err := process(record); err != nil {
				return err
			}
			// en: For those who watch the group's lag; nothing depends on it.
			// fr: Pour qui observe le retard du groupe ; rien n’en dépend.
			if err := client.CommitRecords(ctx, record); err != nil {
				log.Printf("stored, not committed: %v", err)
			}
			if ctx.Err() != nil {
				return nil
			}
		}
		client.AllowRebalance()
	}
	return nil
}

// en: The file of a partition: what came of its messages, and the offset of the next one.
// fr: Le fichier d’une partition : ce que ses messages ont donné, et l’offset du suivant.
type stored struct {
	Results    []string `json:"results"`
	NextOffset int64    `json:"nextOffset"`
}

type positions = map[string]map[int32]kgo.Offset

func storedPositions(_ context.Context, offsets positions) (positions, error) {
	for topic, partitions := range offsets {
		for partition := range partitions {
			state, err := load(topic, partition)
			if err != nil {
				return nil, err
			}
			if state.NextOffset > 0 {
				partitions[partition] = kgo.NewOffset().At(state.NextOffset)
			}
		}
	}
	return offsets, nil
}

func process(record *kgo.Record) error {
	state, err := load(record.Topic, record.Partition)
	if err != nil {
		return err
	}
	state.Results = append(state.Results, string(record.Value))
	state.NextOffset = record.Offset + 1
	if err := store(record.Topic, record.Partition, state); err != nil {
		return err
	}
	fmt.Println(string(record.Value)) // $0
	return nil
}

func fileOf(topic string, partition int32) string {
	return fmt.Sprintf("result-%s-%d.json", topic, partition)
}

func load(topic string, partition int32) (state stored, err error) {
	text, err := os.ReadFile(fileOf(topic, partition))
	if errors.Is(err, fs.ErrNotExist) {
		return state, nil
	} else if err != nil {
		return state, err
	}
	return state, json.Unmarshal(text, &state)
}

// en: A rename replaces the old file as a whole: result and offset, or neither.
// fr: Un renommage remplace l’ancien fichier en entier : résultat et offset, ou aucun.
func store(topic string, partition int32, state stored) error {
	text, err := json.Marshal(state)
	if err != nil {
		return err
	}
	name := fileOf(topic, partition)
	file, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
	// endregion
}
