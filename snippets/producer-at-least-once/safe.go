// tab stops: localhost:9092 | orders
// en: At-least-once producer: every message is in the log at least once, or its loss is reported and
// en: the program fails. A retry after a lost answer writes a duplicate.
// fr: Producteur « au moins une fois » : chaque message est au moins une fois dans le journal, sinon
// fr: sa perte est signalée et le programme échoue. Un réessai après une réponse perdue écrit un doublon.
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
		// en: The default; with a replication factor of 3, min.insync.replicas=2 on the topic makes it count.
		// fr: Par défaut ; avec un facteur de réplication de 3, min.insync.replicas=2 sur le topic lui donne son sens.
		kgo.RequiredAcks(kgo.AllISRAcks()),
		// en: Idempotence is this client's default; without it the broker does not recognise a retry.
		// fr: L’idempotence est active par défaut dans ce client ; sans elle le broker ne reconnaît pas un réessai.
		kgo.DisableIdempotentWrite(),
		// en: The default without idempotence: a retry beside another request would change the order.
		// fr: Par défaut sans idempotence : un réessai à côté d’une autre requête changerait l’ordre.
		kgo.MaxProduceRequestsInflightPerBroker(1),
		// en: Retries end here, not by their number (by default they never end).
		// fr: Les réessais finissent ici, non par leur nombre (par défaut ils ne finissent jamais).
		kgo.RecordDeliveryTimeout(30*time.Second),
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
		// en: Waits here while the buffer is full.
		// fr: Attend ici tant que le tampon est plein.
		client.Produce(ctx, &kgo.Record{Topic: "orders", Value: []byte(value)}, report)
	}
	// en: Every message has its report when Flush returns.
	// fr: Chaque message a son rapport quand Flush se termine.
	if err := client.Flush(ctx); err != nil {
		return fmt.Errorf("stopped before every message was acknowledged: %w", err)
	}
	if count := undelivered.Load(); count > 0 {
		return fmt.Errorf("%d messages may be missing: send them again, or give up", count)
	}
	return nil
	// endregion
}
