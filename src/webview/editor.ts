/** What the editor offers to a page. */
export interface Editor<Message> {
  postMessage(message: Message): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Editor<unknown>;

/** Once a page: the editor gives it a second time to nobody. */
export function acquireEditor<Message>(): Editor<Message> {
  return acquireVsCodeApi();
}
