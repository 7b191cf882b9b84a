// tab stops: localhost:9092 | orders | order-service
// en: At-most-once consumer: a message is processed only once its offset is surely committed. One is
// en: lost if the program dies between the two; none is processed twice.
// fr: Consommateur « au plus une fois » : un message n’est traité qu’une fois son offset sûrement validé.
// fr: Un message est perdu si le programme meurt entre les deux ; aucun n’est traité deux fois.
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
			// en: Not bound to Ctrl-C: whether an interrupted commit was done, nobody would know.
			// fr: Non lié à Ctrl-C : nul ne saurait si une validation interrompue a été faite.
			if err := client.CommitRecords(context.Background(), record); err != nil {
				// en: Not committed, or nobody knows (the partition may have gone to another member): do not process.
				// fr: Non validé, ou nul ne sait (la partition est peut-être passée à un autre membre) : ne pas traiter.
				log.Printf("not processed: %v", err)
				continue
			}
			process(record)
			if ctx.Err() != nil {
				return nil
			}
		}
		client.AllowRebalance()
	}
	return nil
	// endregion
}

func process(record *kgo.Record) {
	fmt.Println(string(record.Value)) // $0
}
