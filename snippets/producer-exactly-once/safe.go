// tab stops: localhost:9092 | orders | order-service-1
// en: Exactly-once producer: the batch becomes visible as a whole and once, or not at all. If a message
// en: fails, the transaction is aborted and the batch is sent anew.
// fr: Producteur « exactement une fois » : le lot devient visible en entier et une fois, ou pas du tout.
// fr: Si un message échoue, la transaction est annulée et le lot est envoyé de nouveau.
// region imports
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// endregion

func main() {
	if err := run(); err != nil {
		log.Fatalf("not committed: %v", err)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	// region settings
	client, err := kgo.NewClient(
		kgo.SeedBrokers("localhost:9092"),
		// en: Adds transactions to idempotence, this client's default. One id for each running instance,
		// en: kept when it restarts: a second producer with the same id fences this one.
		// fr: Ajoute les transactions à l’idempotence, active par défaut dans ce client. Un id par instance,
		// fr: conservé quand elle redémarre : un second producteur avec le même id écarte celui-ci.
		kgo.TransactionalID("order-service-1"),
		// en: The broker aborts what is open for longer.
		// fr: Le broker annule ce qui reste ouvert plus longtemps.
		kgo.TransactionTimeout(30*time.Second),
		kgo.RecordDeliveryTimeout(30*time.Second),
		kgo.AllowAutoTopicCreation(),
	)
	if err != nil {
		return err
	}
	// endregion
	defer client.Close()

	// region pattern
	const attempts = 5
	for range attempts {
		committed, err := sendInTransaction(ctx, client)
		if err != nil || committed {
			return err
		}
	}
	return fmt.Errorf("aborted %d times", attempts)
}

func sendInTransaction(ctx context.Context, client *kgo.Client) (committed bool, err error) {
	if err := client.BeginTransaction(); err != nil {
		return false, err
	}
	// en: The first message that fails fails the whole transaction.
	// fr: Le premier message qui échoue fait échouer toute la transaction.
	failure := kgo.AbortingFirstErrPromise(client)
	for i := range 10 {
		value := fmt.Sprintf("m%d", i) // $0
		client.Produce(ctx, &kgo.Record{Topic: "orders", Value: []byte(value)}, failure.Promise())
	}
	if err := failure.Err(); err != nil {
		log.Printf("aborting: %v", err)
		committed = false
	} else {
		committed = true
	}
	// en: The end is not bound to Ctrl-C: an interrupted commit would be neither done nor undone.
	// fr: La fin n’est pas liée à Ctrl-C : une validation interrompue ne serait ni faite ni défaite.
	ending, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	// en: An error here is fatal, such as a second producer with this transactional id.
	// fr: Une erreur ici est fatale, comme un second producteur avec ce transactional.id.
	if err := client.EndTransaction(ending, kgo.TransactionEndTry(committed)); err != nil {
		return false, err
	}
	if ctx.Err() != nil {
		return committed, context.Cause(ctx)
	}
	return committed, nil
	// endregion
}
