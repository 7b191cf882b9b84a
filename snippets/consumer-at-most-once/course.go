// tab stops: localhost:9092 | orders | order-service
// en: At-most-once consumer: no message is processed twice, but one is lost if the program dies between
// en: commit and processing.
// fr: Consommateur « au plus une fois » : aucun message n’est traité deux fois, mais un message est perdu
// fr: si le programme meurt entre la validation et le traitement.
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
			// en: First the commit, then the processing.
			// fr: D’abord la validation, ensuite le traitement.
			if err := client.CommitRecords(ctx, record); err != nil { // blame
				log.Println(err)
				return
			}
			fmt.Println(string(record.Value)) // $0
		}
	}
	// endregion
}
