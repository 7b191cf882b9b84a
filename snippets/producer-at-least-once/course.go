// tab stops: localhost:9092 | orders
// en: At-least-once producer: what was acknowledged is in the log, but a retry after a lost answer
// en: writes the message a second time.
// fr: Producteur « au moins une fois » : ce qui a été acquitté est dans le journal, mais un réessai
// fr: après une réponse perdue écrit le message une seconde fois.
// region imports
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/twmb/franz-go/pkg/kgo"
)

// endregion

func main() {
	// region settings
	client, err := kgo.NewClient(
		kgo.SeedBrokers("localhost:9092"),
		// en: The leader answers once all in-sync replicas have the message (the default).
		// fr: Le leader répond quand tous les réplicas synchronisés ont le message (par défaut).
		kgo.RequiredAcks(kgo.AllISRAcks()),
		// en: Idempotence is this client's default; without it the broker does not recognise a retry.
		// fr: L’idempotence est active par défaut dans ce client ; sans elle le broker ne reconnaît pas un réessai.
		kgo.DisableIdempotentWrite(), // blame
		kgo.AllowAutoTopicCreation(),
	)
	if err != nil {
		log.Fatal(err)
	}
	// endregion
	defer client.Close()

	// region pattern
	report := func(record *kgo.Record, err error) {
		if err != nil {
			fmt.Printf("not delivered: %s: %v\n", record.Value, err)
		}
	}
	for i := range 10 {
		value := fmt.Sprintf("m%d", i) // $0
		client.Produce(context.Background(), &kgo.Record{Topic: "orders", Value: []byte(value)}, report)
	}
	client.Flush(context.Background())
	// endregion
}
