// tab stops: localhost:9092 | orders | order-service
// en: At-least-once consumer: no message is lost, but one is processed twice if the program dies between
// en: processing and commit.
// fr: Consommateur « au moins une fois » : aucun message n’est perdu, mais un message est traité deux fois
// fr: si le programme meurt entre le traitement et la validation.
// region imports
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"

	"github.com/twmb/franz-go/pkg/kgo"
)

// endregion

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
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
	)
	if err != nil {
		log.Fatal(err)
	}
	// endregion
	// en: Also leaves the group.
	// fr: Quitte aussi le groupe.
	defer client.Close()

	// region pattern
	for ctx.Err() == nil {
		fetches := client.PollFetches(ctx)
		for _, failure := range fetches.Errors() {
			log.Println(failure.Err)
		}
		for _, record := range fetches.Records() {
			// en: First the processing, then the commit.
			// fr: D’abord le traitement, ensuite la validation.
			fmt.Println(string(record.Value))                         // $0
			if err := client.CommitRecords(ctx, record); err != nil { // blame
				log.Println(err)
				return
			}
		}
	}
	// endregion
}
