// tab stops: localhost:9092 | orders | order-service
// en: Exactly-once effect by an idempotent effect: messages come at least once, and the store refuses
// en: what it already holds. The effect must be in that store; topic, partition and offset name it.
// fr: Effet « exactement une fois » par un effet idempotent : les messages arrivent au moins une fois, et le
// fr: stockage refuse ce qu’il contient déjà. L’effet doit y être ; topic, partition et offset le nomment.
// region imports
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
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
	effects, err := openEffects("effects.txt")
	if err != nil {
		return err
	}
	defer effects.file.Close()
	// region settings
	client, err := kgo.NewClient(
		kgo.SeedBrokers("localhost:9092"),
		kgo.ConsumeTopics("orders"),
		kgo.ConsumerGroup("order-service"),
		kgo.DisableAutoCommit(),
		// en: A group without offsets begins at the start of the topic (this client's default).
		// fr: Un groupe sans offset commence au début du topic (par défaut dans ce client).
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		// en: A partition is given to another member only between two polls.
		// fr: Une partition n’est donnée à un autre membre qu’entre deux lectures.
		kgo.BlockRebalanceOnPoll(),
	)
	if err != nil {
		return err
	}
	// endregion
	// en: Leaves the group at once, so that another member need not wait for the session timeout.
	// fr: Quitte le groupe aussitôt, pour qu’un autre membre n’attende pas la fin de la session.
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
			if err := process(effects, record); err != nil {
				return err
			}
			// en: Not bound to Ctrl-C: what is done should be committed.
			// fr: Non lié à Ctrl-C : ce qui est fait doit être validé.
			if err := client.CommitRecords(context.Background(), record); err != nil {
				// en: The message will come again, and will be found done.
				// fr: Le message reviendra, et sera trouvé fait.
				log.Printf("done, not committed: %v", err)
			}
			if ctx.Err() != nil {
				return nil
			}
		}
		client.AllowRebalance()
	}
	return nil
	// endregion
}

func process(effects *effects, record *kgo.Record) error {
	key := fmt.Sprintf("%s-%d-%d", record.Topic, record.Partition, record.Offset)
	isNew, err := effects.applyOnce(key, string(record.Value))
	if err != nil {
		return err
	}
	outcome := string(record.Value)
	if !isNew {
		outcome = "already done: " + outcome
	}
	fmt.Println(outcome) // $0
	return nil
}

// en: A file stands for the store; a database with a unique key does the same.
// fr: Un fichier tient lieu de stockage ; une base avec une clé unique fait de même.
type effects struct {
	file *os.File
	done map[string]bool
}

func openEffects(name string) (*effects, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	effects := &effects{file: file, done: map[string]bool{}}
	var end int64
	for reader := bufio.NewReader(file); ; {
		line, err := reader.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		key, _, _ := strings.Cut(line, " ")
		effects.done[key] = true
		end += int64(len(line))
	}
	// en: What a crash has left without its end of line was not done: write over it.
	// fr: Ce qu’un crash a laissé sans fin de ligne n’a pas été fait : écrire par-dessus.
	if err := file.Truncate(end); err != nil {
		return nil, err
	}
	_, err = file.Seek(end, io.SeekStart)
	return effects, err
}

// en: Key and effect are one line: both are on the disk, or neither.
// fr: Clé et effet sont une même ligne : les deux sont sur le disque, ou aucun.
func (effects *effects) applyOnce(key, value string) (isNew bool, err error) {
	if effects.done[key] {
		return false, nil
	}
	if _, err := fmt.Fprintf(effects.file, "%s %s\n", key, value); err != nil {
		return false, err
	}
	effects.done[key] = true
	return true, effects.file.Sync()
}
