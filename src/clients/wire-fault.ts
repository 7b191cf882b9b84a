import type { Observation, ProcessId } from '../core/history/events.js';
import type { WireFault } from '../core/scenario/scenario.js';
import type { TappedRequest } from './tapped-frame.js';

/** Finds the one request that a wire fault strikes, and writes down that it was armed and what it really struck. */
export class WireFaultStriker {
  private seen = 0;
  private spent = false;

  constructor(
    private readonly fault: WireFault,
    private readonly process: ProcessId,
    private readonly record: (event: Observation) => void,
    private readonly die: () => void,
  ) {}

  get delayMs(): number {
    return this.fault.delayMs ?? 0;
  }

  arm(): void {
    const { point, api, message, action } = this.fault;
    this.record({
      type: 'fault',
      event: 'armed',
      point,
      process: this.process,
      api,
      action,
      ...(message !== undefined && { message }),
    });
  }

  /** The fault's action when this request is the one; a retry of it is not struck again. */
  choose(request: TappedRequest): WireFault['action'] | undefined {
    if (this.spent || request.explained.api.name !== this.fault.api || !this.matches(request))
      return undefined;
    this.spent = true;
    return this.fault.action;
  }

  /** Called when the strike has really happened; `message` is read from the request, not from the fault's definition. */
  fired(request: TappedRequest): void {
    const { point, api, action } = this.fault;
    const values = request.detail.values;
    this.record({
      type: 'fault',
      event: 'fired',
      point,
      process: this.process,
      api,
      action,
      ...(values && { message: values.join(' ') }),
    });
  }

  crash(): void {
    this.die();
  }

  private matches(request: TappedRequest): boolean {
    if (this.fault.message !== undefined) return request.detail.values?.includes(this.fault.message) ?? false;
    this.seen++;
    return this.seen === (this.fault.nth ?? 1);
  }
}
