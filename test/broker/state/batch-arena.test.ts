import assert from 'node:assert/strict';
import { BatchArena } from '../../../src/broker/state/batch-arena.js';

describe('The memory of a log', () => {
  it('keeps what was stored, whatever becomes of the original', () => {
    const arena = new BatchArena();
    const originals = [10, 3000, 100_000, 1, 20_000, 70].map((size, index) => Buffer.alloc(size, index + 1));
    const stored = originals.map((bytes) => arena.store(bytes));
    const copies = originals.map((bytes) => Buffer.from(bytes));
    for (const bytes of originals) bytes.fill(0);
    stored.forEach((bytes, index) => assert.deepEqual(bytes, copies[index]));
  });

  it('shares blocks between small batches, and takes little for few', () => {
    const arena = new BatchArena();
    const blocks = new Set(Array.from({ length: 1000 }, () => arena.store(Buffer.alloc(100)).buffer));
    const bytes = [...blocks].reduce((sum, { byteLength }) => sum + byteLength, 0);
    assert.ok(blocks.size < 10 && bytes < 200_000, `${blocks.size} blocks, ${bytes} bytes`);
    assert.equal(new BatchArena().store(Buffer.alloc(100)).buffer.byteLength, 1024);
  });
});
