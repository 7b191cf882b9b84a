import { assertNever } from '../../core/assert-never.js';
import type { OperationEvent, OperationResult, PolledRecord } from '../../core/history/events.js';
import type { Translate } from '../../core/text/translate.js';

/** What a client set out to do, and what it was told: ok, failed or, the third value, unknown. */
export function clientSentence(event: OperationEvent, t: Translate): string {
  switch (event.type) {
    case 'invoke':
      return invocation(event, t);
    case 'ok':
      return success(event, event.result, t);
    case 'fail':
      return t('{what} failed: {error}', { what: subject(event, t), error: event.error });
    case 'info':
      return t('{what}: outcome unknown ({error})', { what: subject(event, t), error: event.error });
    default:
      return assertNever(event);
  }
}

function invocation(event: OperationEvent, t: Translate): string {
  switch (event.f) {
    case 'send':
      return t('sends {value}', { value: event.value });
    case 'begin':
      return t('begins transaction {transaction}', { transaction: event.transaction });
    case 'commit':
      return t('commits transaction {transaction}', { transaction: event.transaction });
    case 'abort':
      return t('aborts transaction {transaction}', { transaction: event.transaction });
    case 'poll':
      return t('asks for the next record');
    case 'commit-offset':
      return event.transaction === undefined
        ? t('commits offset {offset}', { offset: event.offset })
        : t('puts offset {offset} into transaction {transaction}', {
            offset: event.offset,
            transaction: event.transaction,
          });
    case 'effect':
      return t('processes {value} (offset {offset})', { value: event.value, offset: event.offset });
    case 'init':
      return t('asks for a producer id and epoch as {transactionalId}', {
        transactionalId: event.transactionalId,
      });
    default:
      return assertNever(event);
  }
}

function success(event: OperationEvent, result: OperationResult | undefined, t: Translate): string {
  if (result === undefined) return t('{what}: ok', { what: subject(event, t) });
  if ('record' in result) return handed([result.record], t);
  if ('records' in result) return handed(result.records, t);
  if ('producerId' in result)
    return t('is producer {producerId}, epoch {epoch}', {
      producerId: result.producerId,
      epoch: result.epoch,
    });
  if ('skipped' in result)
    return t('{what} was known already: nothing is done twice', { what: subject(event, t) });
  if (result.offset < 0)
    return t('{what}: told “ok”, though no broker answers with acks=0', { what: subject(event, t) });
  return t('{what}: ok, offset {offset}', { what: subject(event, t), offset: result.offset });
}

function handed(records: readonly PolledRecord[], t: Translate): string {
  const [first] = records;
  if (first === undefined) return t('is handed nothing');
  if (records.length === 1)
    return t('is handed {value} (offset {offset})', { value: first.value, offset: first.offset });
  const values = records.map(({ value }) => value).join(', ');
  return t('is handed {values} (from offset {offset})', { values, offset: first.offset });
}

/** What the operation is about, as the beginning of a sentence. */
function subject(event: OperationEvent, t: Translate): string {
  switch (event.f) {
    case 'send':
    case 'effect':
      return event.value;
    case 'begin':
      return t('begin of {transaction}', { transaction: event.transaction });
    case 'commit':
      return t('commit of {transaction}', { transaction: event.transaction });
    case 'abort':
      return t('abort of {transaction}', { transaction: event.transaction });
    case 'poll':
      return t('reading');
    case 'commit-offset':
      return t('commit of offset {offset}', { offset: event.offset });
    case 'init':
      return t('initialising {transactionalId}', { transactionalId: event.transactionalId });
    default:
      return assertNever(event);
  }
}
