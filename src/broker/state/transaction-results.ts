/** A producer's identity; −1 and −1 for none. */
export interface ProducerIdentity {
  readonly producerId: bigint;
  readonly epoch: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface InitProducerIdResult extends ProducerIdentity {
  readonly errorCode: number;
}
