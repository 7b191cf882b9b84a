import { isFrame } from './steps.js';
import {
  brokerLane,
  groupsLane,
  networkLane,
  seeder,
  transactionsLane,
  type LaneId,
  type Step,
} from './step.js';

/** From left to right: the processes in the order of their first act, the network, then the parts of the broker that are asked. */
export function lanesOf(steps: readonly Step[]): readonly LaneId[] {
  const processes = new Set<LaneId>();
  const far = new Set<LaneId>();
  for (const { process, lane, event, isHousekeeping } of steps) {
    if (process !== undefined && process !== seeder) processes.add(process);
    if (isFrame(event) && !isHousekeeping) far.add(lane);
  }
  const coordinators = [transactionsLane, groupsLane].filter((lane) => far.has(lane));
  return [...processes, networkLane, brokerLane, ...coordinators];
}
