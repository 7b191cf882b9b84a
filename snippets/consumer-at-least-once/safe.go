// tab stops: localhost:9092 | orders | order-service
// en: At-least-once consumer: an offset is committed only once its message is processed. None is lost;
// en: one is processed twice if the program dies, or loses its partition, between the two.
// fr: Consommateur « au moins une fois » : un offset n’est validé qu’une fois son message traité. Aucun
// fr: n’est perdu ; un message est traité deux fois si le programme meurt, ou perd sa partition, entre les deux.
// region imports
package main

import (
	"context"
	"fmt"
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
			// en: Without a commit the message comes again after a restart.
			// fr: Sans validation le message revient après un redémarrage.
			if err := process(record); err != nil {
				return err
			}
			// en: Not bound to Ctrl-C: what is processed should be committed.
			// fr: Non lié à Ctrl-C : ce qui est traité doit être validé.
			if err := client.CommitRecords(context.Background(), record); err != nil {
				// en: The message will come again, here or at another member: a duplicate, never a loss.
				// fr: Le message reviendra, ici ou chez un autre membre : un doublon, jamais une perte.
				log.Printf("processed, not committed: %v", err)
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

func process(record *kgo.Record) error {
	_, err := fmt.Println(string(record.Value)) // $0
	return err
}
