// What we use of kafkajs's own source (it has no `exports` field): a broker's connection with TLS and SASL done, through which
// requests of our own codec can go. Its public admin client hides that.

declare module 'kafkajs/src/network/connectionPool.js' {
  import type { ISocketFactory, KafkaConfig, Logger } from 'kafkajs';

  export interface ProtocolRequest<Response> {
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
    readonly requestTimeout?: number;
    readonly logResponseError?: boolean;
  }

  export interface ConnectionPoolOptions extends Pick<
    KafkaConfig,
    'ssl' | 'sasl' | 'clientId' | 'requestTimeout' | 'enforceRequestTimeout' | 'connectionTimeout'
  > {
    readonly host: string;
    readonly port: number;
    readonly socketFactory: ISocketFactory;
    readonly reauthenticationThreshold?: number;
    readonly logger: Logger;
  }

  export default class ConnectionPool {
    constructor(options: ConnectionPoolOptions);
    send<Response>(request: ProtocolRequest<Response>): Promise<Response>;
  }
}

declare module 'kafkajs/src/broker/index.js' {
  import type ConnectionPool from 'kafkajs/src/network/connectionPool.js';
  import type { Logger } from 'kafkajs';

  export interface VersionsByKey {
    readonly [apiKey: number]: { readonly minVersion: number; readonly maxVersion: number } | undefined;
  }

  export default class Broker {
    constructor(options: {
      readonly connectionPool: ConnectionPool;
      readonly logger: Logger;
      readonly authenticationTimeout?: number;
    });
    readonly connectionPool: ConnectionPool;
    readonly versions: VersionsByKey | null;
    isConnected(): boolean;
    connect(): Promise<void>;
    disconnect(): Promise<void>;
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    readonly buf: Buffer;
    writeBuffer(value: Buffer): this;
  }
}
