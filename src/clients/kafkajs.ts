// The only file that imports kafkajs; everything else takes it from here.
import kafkajs from 'kafkajs';
import SourceBroker from 'kafkajs/src/broker/index.js';
import ConnectionPool from 'kafkajs/src/network/connectionPool.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';

export const { CompressionTypes, ConfigResourceTypes, Kafka, Partitioners, logLevel } = kafkajs;
export { ConnectionPool, Encoder };
export type {
  Consumer,
  EachMessagePayload,
  ISocketFactory,
  Kafka as KafkaClient,
  KafkaConfig,
  Producer,
  Transaction,
} from 'kafkajs';

export class Broker extends SourceBroker<ConnectionPool> {}
