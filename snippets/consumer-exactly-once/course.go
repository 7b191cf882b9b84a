// tab stops: localhost:9092 | orders | order-service | order-service-1
// en: Exactly-once consumer as in the course: the offset is committed exactly once, in a transaction. The
// en: processing itself stands outside: after a crash before the commit it happens a second time.
// fr: Consommateur « exactement une fois » du cours : l’offset est validé exactement une fois, dans une
// fr: transaction. Le traitement, lui, est en dehors : après un crash avant la validation il a lieu deux fois.
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
	// en: Consumer and transactional producer in one client.
	// fr: Consommateur et producteur transactionnel dans un même client.
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
		// en: One id for each running instance, kept when it restarts.
		// fr: Un id par instance, conservé quand elle redémarre.
		kgo.TransactionalID("order-service-1"),
	)
	if err != nil {
		log.Fatal(err)
	}
	// endregion
	defer session.Close()

	// region pattern
	for ctx.Err() == nil {
		fetches := session.PollRecords(ctx, 1)
		for _, failure := range fetches.Errors() {
			log.Println(failure.Err)
		}
		for _, record := range fetches.Records() {
			if err := session.Begin(); err != nil {
				log.Println(err)
				return
			}
			// en: This effect is not part of the transaction.
			// fr: Cet effet ne fait pas partie de la transaction.
			fmt.Println(string(record.Value)) // $0 // blame
			// en: Commits the offset of what was polled (its offset + 1) with the transaction, or goes back to it.
			// fr: Valide l’offset de ce qui a été lu (son offset + 1) avec la transaction, ou y revient.
			if _, err := session.End(context.Background(), kgo.TryCommit); err != nil {
				log.Println(err)
				return
			}
		}
	}
	// endregion
}
