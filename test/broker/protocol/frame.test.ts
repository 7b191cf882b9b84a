import assert from 'node:assert/strict';
import { FrameError, FrameSplitter, withLength } from '../../../src/broker/protocol/frame.js';
import { seed, seededRandom } from './seeded-random.js';

describe('the frame splitter', () => {
  it(`gives the same frames however the stream is cut (SEED=${seed})`, () => {
    const random = seededRandom(seed);
    for (let run = 0; run < 200; run++) {
      const contents = Array.from({ length: random.below(8) }, () => random.bytes(random.below(200)));
      const splitter = new FrameSplitter();
      const stream = Buffer.concat(contents.map(withLength));
      const frames: Buffer[] = [];
      for (let at = 0; at < stream.length;) {
        const size = 1 + random.below(60);
        frames.push(...splitter.feed(stream.subarray(at, at + size)));
        at += size;
      }
      assert.deepEqual(frames, contents);
      assert.equal(splitter.pendingBytes, 0);
    }
  });

  it('does not copy a frame that lies whole in one chunk', () => {
    const chunk = Buffer.concat([withLength(Buffer.from('one')), withLength(Buffer.from('two'))]);
    const [one, two] = [...new FrameSplitter().feed(chunk)];
    assert.deepEqual([one?.toString(), two?.toString()], ['one', 'two']);
    assert.equal(one?.buffer, chunk.buffer);
  });

  it('keeps what the caller has not fetched for the next call', () => {
    const splitter = new FrameSplitter();
    splitter.feed(Buffer.concat([withLength(Buffer.from('one')), withLength(Buffer.from('two'))])).next();
    const later = [...splitter.feed(withLength(Buffer.from('three')))];
    assert.deepEqual(later.map(String), ['two', 'three']);
  });

  it('says how much of an unfinished frame has come', () => {
    const splitter = new FrameSplitter();
    assert.deepEqual([...splitter.feed(Buffer.from([0, 0, 0, 9, 1, 2]))], []);
    assert.equal(splitter.pendingBytes, 6);
  });

  it('takes a promised length at its word only when the bytes come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const splitters = Array.from({ length: 50 }, () => new FrameSplitter());
    for (const splitter of splitters) assert.deepEqual([...splitter.feed(Buffer.from([6, 0, 0, 0, 1]))], []);
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000, '5 GB were promised');
  });

  it('is linear: ten megabytes in chunks of 64 bytes take no longer than a few copies', () => {
    const splitter = new FrameSplitter();
    const stream = withLength(Buffer.alloc(10_000_000, 1));
    const started = process.hrtime.bigint();
    let frames = 0;
    for (let at = 0; at < stream.length; at += 64) {
      frames += [...splitter.feed(stream.subarray(at, at + 64))].length;
    }
    assert.equal(frames, 1);
    // Joining all that has come at every chunk would copy 780 GB.
    assert.ok(process.hrtime.bigint() - started < 10_000_000_000n);
  });
});

describe('a length that no Kafka peer sends', () => {
  const errorOf = (bytes: Buffer, maximum?: number): FrameError => {
    try {
      const frames = [...new FrameSplitter(maximum).feed(bytes)];
      assert.fail(`${frames.length} frames`);
    } catch (error) {
      assert.ok(error instanceof FrameError);
      return error;
    }
  };

  it('is refused when it is negative', () => {
    assert.equal(errorOf(Buffer.from([0xff, 0xff, 0xff, 0xff])).length, -1);
  });

  it('is refused when it is above the maximum, and the maximum is accepted', () => {
    assert.match(errorOf(Buffer.from([0, 0, 0, 11]), 10).message, /a frame of 11 bytes \(at most 10\)/);
    assert.deepEqual([...new FrameSplitter(10).feed(withLength(Buffer.alloc(10)))], [Buffer.alloc(10)]);
  });

  it('tells an HTTP client, an HTTP server and TLS', () => {
    assert.equal(errorOf(Buffer.from('GET / HTTP/1.1\r\n')).looksLike, 'http');
    assert.equal(errorOf(Buffer.from('HTTP/1.1 400 Bad Request\r\n')).looksLike, 'http');
    assert.equal(errorOf(Buffer.from([0x16, 3, 1, 2, 0])).looksLike, 'tls');
    assert.equal(errorOf(Buffer.from([0x15, 3, 3, 0, 2])).looksLike, 'tls');
    assert.equal(errorOf(Buffer.from([0x7f, 0, 0, 0])).looksLike, undefined);
  });

  it('still gives the frames before it', () => {
    const frames = new FrameSplitter().feed(
      Buffer.concat([withLength(Buffer.from('one')), Buffer.from('GET /')]),
    );
    assert.equal(String(frames.next().value), 'one');
    assert.throws(() => frames.next(), FrameError);
  });
});
