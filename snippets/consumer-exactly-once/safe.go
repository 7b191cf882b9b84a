// tab stops: localhost:9092 | orders | receipts | order-service | order-service-1
// en: Exactly-once consumer: the result of processing is a message, written in the same transaction as
// en: the offset. Readers of committed data see it exactly once; effects elsewhere are not covered.
// fr: Consommateur « exactement une fois » : le résultat du traitement est un message, écrit dans la même
// fr: transaction que l’offset. En read_committed il est vu exactement une fois ; rien d’autre n’est couvert.
// region imports
package main

import (
	"bytes"
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// endregion

func main() {
	if err := run(); err != nil {
		log.Fatalf("stopped: %v", err)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// region settings
	// en: Consumer and transactional producer in one client. A rebalance aborts the transaction.
	// fr: Consommateur et producteur transactionnel dans un même client. Un rééquilibrage annule la transaction.
	session, err := kgo.NewGroupTransactSession(
		kgo.SeedBrokers("localhost:9092"),
		kgo.ConsumeTopics("orders"),
		kgo.ConsumerGroup("order-service"),
		// en: A group without offsets begins at the start of the topic (this client's default).
		// fr: Un groupe sans offset commence au début du topic (par défaut dans ce client).
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		// en: Not the default of this client: messages of aborted transactions are skipped.
		// fr: N’est pas la valeur par défaut de ce client : les messages des transactions annulées sont sautés.
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		// en: One id for each running instance, kept when it restarts: a second instance with the same id
		// en: fences this one.
		// fr: Un id par instance, conservé quand elle redémarre : une seconde instance avec le même id écarte
		// fr: celle-ci.
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
	defer session.Close()

	// region pattern
	for ctx.Err() == nil {
		fetches := session.PollRecords(ctx, 1)
		for _, failure := range fetches.Errors() {
			// en: What can be tried again this client tries by itself.
			// fr: Ce qui peut être réessayé, ce client le réessaie de lui-même.
			log.Printf("%s/%d: %v", failure.Topic, failure.Partition, failure.Err)
		}
		if fetches.NumRecords() == 0 {
			continue
		}
		if err := processInTransaction(session, fetches.Records()); err != nil {
			return err
		}
	}
	return nil
}

func processInTransaction(session *kgo.GroupTransactSession, records []*kgo.Record) error {
	// en: Not bound to Ctrl-C: an interrupted commit would be neither done nor undone.
	// fr: Non lié à Ctrl-C : une validation interrompue ne serait ni faite ni défaite.
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	if err := session.Begin(); err != nil {
		return err
	}
	// en: The first result that fails fails the whole transaction.
	// fr: Le premier résultat qui échoue fait échouer toute la transaction.
	failure := kgo.AbortingFirstErrPromise(session.Client())
	for _, record := range records {
		result := bytes.ToUpper(record.Value) // $0
		session.Produce(ctx, &kgo.Record{Topic: "receipts", Value: result}, failure.Promise())
	}
	// en: Commits the offsets of what was polled with the results. If that is refused (the group has
	// en: rebalanced) or a result has failed, it aborts and goes back to the committed offsets.
	// fr: Valide les offsets de ce qui a été lu avec les résultats. Si c’est refusé (le groupe a été
	// fr: rééquilibré) ou si un résultat a échoué, annule et revient aux offsets validés.
	committed, err := session.End(ctx, failure.Err() == nil)
	if err != nil {
		// en: Fatal, such as a second instance with this transactional id.
		// fr: Fatal, comme une seconde instance avec ce transactional.id.
		return err
	}
	if !committed {
		log.Print("aborted, will be processed again")
	}
	return nil
	// endregion
}
