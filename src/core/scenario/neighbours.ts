import { allScenarios } from './catalogue.js';
import type { Scenario } from './scenario.js';

/** More than these are no hint any more. */
const mostNeighbours = 4;

/**
 * Scenarios that change one thing: the same fault in another configuration, another fault in the same configuration, or the
 * same steps in another order. What is measured is the same in all of them.
 */
export function neighboursOf(scenario: Scenario): readonly Scenario[] {
  return allScenarios
    .filter((other) => other.id !== scenario.id && other.layer === scenario.layer)
    .filter((other) => differsInOneThing(scenario, other))
    .slice(0, mostNeighbours);
}

function differsInOneThing(one: Scenario, other: Scenario): boolean {
  const sameFault = one.fault.point === other.fault.point && one.fault.message === other.fault.message;
  const sameCast = same(one.cast, other.cast);
  if (sameFault !== sameCast) return true;
  if (sameFault) return !same(one.plot, other.plot);
  return one.fault.kind === other.fault.kind && isReordered(one, other);
}

function isReordered(one: Scenario, other: Scenario): boolean {
  const [steps, others] = [stepsOf(one), stepsOf(other)];
  return !same(steps, others) && same([...steps].sort(), [...others].sort());
}

function stepsOf({ cast, fault }: Scenario): readonly string[] {
  return cast[fault.actor]?.program.each ?? [];
}

/** Scenarios are plain data whose fields stand in one order. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
