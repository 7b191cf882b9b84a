// tab stops: localhost:9092 | orders
// en: At-most-once producer: never a duplicate. What can be known of a loss is reported (a message that
// en: did not leave in time); a message lost on the network cannot be known of.
// fr: Producteur « au plus une fois » : jamais de doublon. Ce qui peut être su d’une perte est signalé
// fr: (un message qui n’est pas parti à temps) ; un message perdu sur le réseau ne peut pas être su.
// region imports
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// endregion

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	// region settings
	client, err := kgo.NewClient(
		kgo.SeedBrokers("localhost:9092"),
		// en: The broker answers nothing: the promise of a message only says that it has left.
		// fr: Le broker ne répond rien : la promesse d’un message dit seulement qu’il est parti.
		kgo.RequiredAcks(kgo.NoAck()),
		kgo.DisableIdempotentWrite(),
		// en: What could not be handed to the network is given up, not sent once more.
		// fr: Ce qui n’a pas pu être remis au réseau est abandonné, non renvoyé.
		kgo.RecordRetries(0),
		// en: A message that cannot leave for so long is given up (by default it waits for ever).
		// fr: Un message qui ne peut pas partir pendant ce temps est abandonné (par défaut il attend toujours).
		kgo.RecordDeliveryTimeout(5*time.Second),
		kgo.AllowAutoTopicCreation(),
	)
	if err != nil {
		return err
	}
	// endregion
	defer client.Close()

	// region pattern
	var undelivered atomic.Int32
	report := func(record *kgo.Record, err error) {
		if err == nil {
			return
		}
		undelivered.Add(1)
		fmt.Fprintf(os.Stderr, "not delivered: %s: %v\n", record.Value, err)
	}
	for i := range 10 {
		value := fmt.Sprintf("m%d", i) // $0
		client.Produce(ctx, &kgo.Record{Topic: "orders", Value: []byte(value)}, report)
	}
	// en: Waits until every message has left or been given up.
	// fr: Attend que chaque message soit parti ou abandonné.
	if err := client.Flush(ctx); err != nil {
		return err
	}
	if count := undelivered.Load(); count > 0 {
		return fmt.Errorf("%d messages never left", count)
	}
	return nil
	// endregion
}
