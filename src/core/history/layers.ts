import { assertNever } from '../assert-never.js';
import type { Layer } from '../layer.js';
import { duplicate } from './anomalies/duplicate.js';
import { duplicateEffect } from './anomalies/duplicate-effect.js';
import { duplicateOutput } from './anomalies/duplicate-output.js';
import { inputsWithoutOutput, lostOutput } from './anomalies/lost-output.js';
import { visibleOutputs } from './anomalies/outputs.js';
import { processedValues } from './anomalies/processing.js';
import type { AnomalyRule } from './anomalies/rule.js';
import { silentLoss } from './anomalies/silent-loss.js';
import { skipped } from './anomalies/skipped.js';
import { lostValues, sentValues, wasToldOk } from './anomalies/values.js';
import type { Evidence } from './evidence/evidence.js';
import type { LayerVerdict } from './verdict.js';

/**
 * Whether each guarantee held for every value, at each layer that the history shows; the measured one comes first. At
 * most once: no value more than once. At least once: every value that the left side counts on is found.
 */
export function layersOf(evidence: Evidence): readonly [LayerVerdict, ...LayerVerdict[]] {
  const others = shownLayers(evidence).filter((layer) => layer !== evidence.layer);
  return [verdictOf(evidence.layer, evidence), ...others.map((layer) => verdictOf(layer, evidence))];
}

/** Outputs are judged by their source, so a run that only transforms shows no producer's layer of its own. */
function shownLayers({ sends, effects, topicsOf }: Evidence): readonly Layer[] {
  const inputs = new Set(topicsOf('input'));
  const produces = sends.some(({ source, topic }) => source === undefined && !inputs.has(topic));
  const transforms = sends.some(({ source }) => source !== undefined);
  return [
    ...(produces ? (['producer-to-log'] as const) : []),
    ...(transforms ? (['input-to-output'] as const) : []),
    ...(effects.length > 0 ? [transforms ? ('external-effect' as const) : ('log-to-effect' as const)] : []),
  ];
}

function verdictOf(layer: Layer, evidence: Evidence): LayerVerdict {
  switch (layer) {
    case 'producer-to-log':
      return producerToLog(evidence);
    case 'input-to-output':
      return inputToOutput(evidence);
    case 'log-to-effect':
    case 'external-effect':
      return toEffect(layer, evidence);
    default:
      return assertNever(layer);
  }
}

function producerToLog(evidence: Evidence): LayerVerdict {
  const duplicated = countOf(duplicate, evidence);
  return {
    layer: 'producer-to-log',
    entered: sentValues(evidence).filter(wasToldOk).length,
    found: evidence.log.records.filter(({ visible, writer }) => visible && writer?.source === undefined)
      .length,
    lost: lostValues(evidence).length,
    duplicated,
    atMostOnce: duplicated === 0,
    // A loss that was reported is no breach: the guarantee is given for what was acknowledged.
    atLeastOnce: countOf(silentLoss, evidence) === 0,
  };
}

function toEffect(layer: 'log-to-effect' | 'external-effect', evidence: Evidence): LayerVerdict {
  const values = processedValues(evidence);
  const duplicated = countOf(duplicateEffect, evidence);
  return {
    layer,
    entered: values.length,
    found: evidence.effects.filter(({ outcome }) => outcome === 'done').length,
    lost: countOf(skipped, evidence),
    duplicated,
    atMostOnce: duplicated === 0,
    atLeastOnce: values.every(({ done }) => done.length > 0),
  };
}

function inputToOutput(evidence: Evidence): LayerVerdict {
  const inputs = new Set(evidence.topicsOf('input'));
  const duplicated = countOf(duplicateOutput, evidence);
  return {
    layer: 'input-to-output',
    entered: evidence.log.records.filter(({ visible, topic }) => visible && inputs.has(topic)).length,
    found: visibleOutputs(evidence).length,
    lost: countOf(lostOutput, evidence),
    duplicated,
    atMostOnce: duplicated === 0,
    atLeastOnce: inputsWithoutOutput(evidence).length === 0,
  };
}

function countOf(rule: AnomalyRule, evidence: Evidence): number {
  return rule.find(evidence).reduce((total, { count }) => total + count, 0);
}
