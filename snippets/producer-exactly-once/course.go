// tab stops: localhost:9092 | orders | order-service-1
// en: Exactly-once producer: all messages of a transaction become visible together and once, or none
// en: does. Sent again by a program that was started again, they would be new messages.
// fr: Producteur « exactement une fois » : tous les messages d’une transaction deviennent visibles
// fr: ensemble et une fois, ou aucun. Renvoyés par un programme relancé, ils seraient de nouveaux messages.
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
		// en: Adds transactions to idempotence, this client's default. One id for each running instance,
		// en: kept when it restarts.
		// fr: Ajoute les transactions à l’idempotence, active par défaut dans ce client. Un id par instance,
		// fr: conservé quand elle redémarre.
		kgo.TransactionalID("order-service-1"), // blame
		kgo.AllowAutoTopicCreation(),
	)
	if err != nil {
		log.Fatal(err)
	}
	// endregion
	defer client.Close()

	// region pattern
	ctx := context.Background()
	if err := client.BeginTransaction(); err != nil {
		log.Fatal(err)
	}
	for i := range 10 {
		value := fmt.Sprintf("m%d", i) // $0
		client.Produce(ctx, &kgo.Record{Topic: "orders", Value: []byte(value)}, nil)
	}
	if err := client.Flush(ctx); err != nil {
		log.Fatal(err)
	}
	if err := client.EndTransaction(ctx, kgo.TryCommit); err != nil {
		log.Fatal(err)
	}
	// endregion
}
