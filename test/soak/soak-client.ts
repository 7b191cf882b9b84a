export interface SoakClient {
  /** A piece of its work; called again and again. */
  readonly step: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Works until it is told to stop, then stops. */
export async function work(client: SoakClient, until: () => boolean): Promise<void> {
  while (!until()) await client.step();
}
