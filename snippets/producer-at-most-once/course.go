// tab stops: localhost:9092 | orders
// en: At-most-once producer: no message is ever written twice, but one that gets lost on its way
// en: stays lost, and nobody is told.
// fr: Producteur « au plus une fois » : aucun message n’est écrit deux fois, mais celui qui se perd
// fr: en route reste perdu, et personne n’en est averti.
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
		// en: The broker answers nothing: a message counts as delivered once it has left.
		// fr: Le broker ne répond rien : un message compte comme livré dès qu’il est parti.
		kgo.RequiredAcks(kgo.NoAck()), // blame
		kgo.DisableIdempotentWrite(),
		kgo.AllowAutoTopicCreation(),
	)
	if err != nil {
		log.Fatal(err)
	}
	// endregion
	defer client.Close()

	// region pattern
	for i := range 10 {
		value := fmt.Sprintf("m%d", i) // $0
		client.Produce(context.Background(), &kgo.Record{Topic: "orders", Value: []byte(value)}, nil)
	}
	client.Flush(context.Background())
	// endregion
}
