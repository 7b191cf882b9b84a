import assert from 'node:assert/strict';
import { seed } from '../broker/protocol/seeded-random.js';
import { fuzz, type FuzzResult } from './fuzz-run.js';

const frames = 200_000;
const megabyte = 2 ** 20;

describe(`${frames} random and mutated frames on 16 connections (SEED=${seed})`, function () {
  this.timeout(300_000);
  let result: FuzzResult;

  before(async () => {
    result = await fuzz({ frames, seed });
  });

  it('were all answered, or ended their connection', () => {
    assert.ok(result.frames >= frames);
    assert.ok(result.closed > 0);
    // A connection is given up when a frame was granted a wait; that is rare, or something hangs.
    assert.ok(result.givenUp < frames / 1000, `${result.givenUp} connections were given up`);
  });

  it('bring no error about that the broker did not expect', () => {
    assert.deepEqual([...result.mistakes.keys()], []);
  });

  it('are not noticed by a well-behaved client beside them: all its answers were right', () => {
    assert.ok(result.bystander.rounds > 100, `${result.bystander.rounds} rounds`);
  });

  it('take no memory for long', () => {
    const { warm, most } = result.residentBytes;
    assert.ok(most < 400 * megabyte, `${most / megabyte} MB`);
    assert.ok(most - warm < 150 * megabyte, `from ${warm / megabyte} to ${most / megabyte} MB`);
  });
});
