/** Listeners of one kind of event. Whoever tells asks `active` first, so that nothing is computed for nobody. */
export class EventChannel<Event> {
  private readonly listeners = new Set<(event: Event) => void>();

  get active(): boolean {
    return this.listeners.size > 0;
  }

  /** Answers with how to stop listening. */
  listen(listener: (event: Event) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(event: Event): void {
    for (const listener of this.listeners) listener(event);
  }
}
