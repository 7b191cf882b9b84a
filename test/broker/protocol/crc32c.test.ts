import assert from 'node:assert/strict';
import { crc32c } from '../../../src/broker/protocol/crc32c.js';
import { seed, seededRandom } from './seeded-random.js';

describe('CRC-32C', () => {
  it('gives the values of RFC 3720, B.4', () => {
    const ascending = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
    assert.equal(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
    assert.equal(crc32c(ascending), 0x46dd794e);
    assert.equal(crc32c(Buffer.from(ascending).reverse()), 0x113fdb5c);
    const scsiRead =
      '01c00000000000000000000000000000140000000000040000000014000000182800000000000000' + '0200000000000000';
    assert.equal(crc32c(Buffer.from(scsiRead, 'hex')), 0xd9963a56);
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
    assert.equal(crc32c(Buffer.alloc(0)), 0);
  });

  it(`folds eight bytes at a time as it would one by one (SEED=${seed})`, () => {
    const random = seededRandom(seed);
    for (let length = 0; length < 64; length++) {
      const bytes = random.bytes(length);
      assert.equal(crc32c(bytes), bitByBit(bytes));
    }
  });

  it('looks only at the bytes that it is told to, and goes on from a checksum', () => {
    const bytes = Buffer.from('xx123456789yy');
    assert.equal(crc32c(bytes, 2, 11), 0xe3069283);
    assert.equal(crc32c(bytes, 6, 11, crc32c(bytes, 2, 6)), 0xe3069283);
  });
});

function bitByBit(bytes: Buffer): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}
