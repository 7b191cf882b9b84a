// What we use of kafkajs's own source (it has no `exports` field): a broker's connection with TLS and SASL done, through which
// requests of our own codec can go. Its public admin client hides that.

declare module 'kafkajs/src/network/connectionPool.js' {
  class ConnectionPool {
    constructor(options: ConnectionPool.Options);
    send<Response>(request: ConnectionPool.ProtocolRequest<Response>): Promise<Response>;
  }

  namespace ConnectionPool {
    /** As `KafkaConfig` of kafkajs has them; logger = what `Kafka#logger` gives. */
    interface Options {
      readonly host: string;
      readonly port: number;
      readonly socketFactory: unknown;
      readonly logger: unknown;
      readonly clientId?: string;
      readonly ssl?: unknown;
      readonly sasl?: unknown;
      readonly requestTimeout?: number;
      readonly enforceRequestTimeout?: boolean;
      readonly connectionTimeout?: number;
      readonly reauthenticationThreshold?: number;
    }

    interface ProtocolRequest<Response> {
      readonly request: {
        readonly apiKey: number;
        readonly apiVersion: number;
        readonly apiName: string;
        readonly encode: () => Promise<{ readonly buf: Buffer }>;
      };
      readonly response: {
        readonly decode: (payload: Buffer) => Promise<Response>;
        readonly parse: (decoded: Response) => Promise<Response>;
      };
    }
  }

  export = ConnectionPool;
}

declare module 'kafkajs/src/broker/index.js' {
  interface VersionRange {
    readonly minVersion: number;
    readonly maxVersion: number;
  }

  class Broker<Pool> {
    constructor(options: {
      readonly connectionPool: Pool;
      readonly logger: unknown;
      readonly authenticationTimeout?: number;
    });
    readonly connectionPool: Pool;
    readonly versions: Readonly<Record<number, VersionRange | undefined>> | null;
    isConnected(): boolean;
    connect(): Promise<void>;
    disconnect(): Promise<void>;
  }

  export = Broker;
}

declare module 'kafkajs/src/protocol/encoder.js' {
  class Encoder {
    readonly buf: Buffer;
    writeBuffer(value: Buffer): this;
  }

  export = Encoder;
}
