import { ErrorCode, errorName } from '../../error-codes.js';
import type { WireEvent } from '../../history/events.js';
import type { Step } from '../../timeline/step.js';
import type { Translate } from '../translate.js';
import { processName } from './process-name.js';
import { rangesOf } from './ranges.js';

/** A request or a response, and what became of it on its way. */
export function frameSentence(step: Step, frame: WireEvent, t: Translate): string {
  const sentence = frame.type === 'request' ? requested(step, frame, t) : answered(step, frame, t);
  const fate = fateSentence(frame, processName(step.process, t), t);
  return fate === '' ? sentence : `${sentence} ${fate}`;
}

function fateSentence({ fate, type }: WireEvent, who: string, t: Translate): string {
  switch (fate) {
    case undefined:
      return '';
    case 'delayed':
      if (type === 'request') return t('That request is held back.');
      return t('That answer is held back: until it comes, {who} does not know.', { who });
    default:
      return type === 'request'
        ? t('That request is lost on the way: the broker never sees it.')
        : t('That answer is lost and the connection is cut: {who} does not know.', { who });
  }
}

function requested(step: Step, { api, detail = {} }: WireEvent, t: Translate): string {
  const who = processName(step.process, t);
  const { offset = -1 } = detail;
  switch (api) {
    case 'Produce':
      return step.isRepeated
        ? t('{who} sends {values} once more.', { who, values: rangesOf(step.carried) })
        : t('{who} sends {values}.', { who, values: rangesOf(step.carried) });
    case 'InitProducerId':
      return detail.transactionalId === undefined
        ? t('{who} asks for a producer id.', { who })
        : t('{who} asks for its producer id, under its transactional.id: whoever had it before is fenced.', {
            who,
          });
    case 'AddPartitionsToTxn':
      return t('{who} tells the transaction coordinator which partition it is about to write to.', { who });
    case 'AddOffsetsToTxn':
      return t(
        '{who} tells the transaction coordinator that offsets of its group belong to the transaction.',
        { who },
      );
    case 'EndTxn':
      return detail.commit === true
        ? t('{who} asks for the commit of its transaction.', { who })
        : t('{who} asks for the abort of its transaction.', { who });
    case 'OffsetCommit':
      return t('{who} commits offset {offset}: all before it counts as done.', { who, offset });
    case 'TxnOffsetCommit':
      return t('{who} puts offset {offset} into the transaction: it counts only if that commits.', {
        who,
        offset,
      });
    case 'OffsetFetch':
      return t('{who} asks from which offset on its group goes on reading.', { who });
    default:
      return t('{who} sends {api}.', { who, api });
  }
}

function answered(step: Step, { api, detail = {} }: WireEvent, t: Translate): string {
  const { errorCode = 0 } = detail;
  if (errorCode !== 0) return refused(api, errorCode, t);
  switch (api) {
    case 'Produce':
      return produced(step, detail.baseOffset ?? -1, t);
    case 'InitProducerId':
      return t('The coordinator answers: producer {producerId}, epoch {epoch}.', {
        producerId: detail.producerId ?? -1,
        epoch: detail.epoch ?? -1,
      });
    case 'OffsetFetch':
      return (detail.offset ?? -1) < 0
        ? t('The coordinator answers: the group has committed nothing yet.')
        : t('The coordinator answers: go on at offset {offset}.', { offset: detail.offset ?? 0 });
    default:
      return t('{api} is answered: ok.', { api });
  }
}

function produced({ carried }: Step, offset: number, t: Translate): string {
  const values = rangesOf(carried);
  return offset < 0
    ? t('The broker answers: {values} is written.', { values })
    : t('The broker answers: {values} stands at offset {offset}.', { values, offset });
}

/** Codes of Kafka's protocol by which a coordinator asks the client to try again in a moment. */
const patience: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.CONCURRENT_TRANSACTIONS,
  ErrorCode.MEMBER_ID_REQUIRED,
]);

function refused(api: string, errorCode: number, t: Translate): string {
  const error = errorName(errorCode);
  return patience.has(errorCode)
    ? t('{api} is answered: not yet ({error}). The client will ask again.', { api, error })
    : t('{api} is answered with the error {error}.', { api, error });
}
