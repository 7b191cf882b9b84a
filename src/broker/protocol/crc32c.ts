/**
 * CRC-32C (Castagnoli, RFC 3720 B.4), the checksum of record batches; `zlib.crc32` is another polynomial. Eight bytes are
 * folded at a time through eight tables ("slicing by 8").
 * @param seed the checksum of the bytes before, to go on from there
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length, seed = 0): number {
  let crc = ~seed;
  let at = start;
  for (const last = end - 7; at < last; at += 8) crc = foldEight(crc, bytes, at);
  for (; at < end; at++) crc = (table0[(crc ^ byteAt(bytes, at)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

const reversedPolynomial = 0x82f63b78;
const table0 = firstTable();
const table1 = nextTable(table0);
const table2 = nextTable(table1);
const table3 = nextTable(table2);
const table4 = nextTable(table3);
const table5 = nextTable(table4);
const table6 = nextTable(table5);
const table7 = nextTable(table6);

function foldEight(crc: number, bytes: Uint8Array, at: number): number {
  const low = crc ^ wordAt(bytes, at);
  const high = wordAt(bytes, at + 4);
  return (
    (table7[low & 0xff] ?? 0) ^
    (table6[(low >>> 8) & 0xff] ?? 0) ^
    (table5[(low >>> 16) & 0xff] ?? 0) ^
    (table4[low >>> 24] ?? 0) ^
    (table3[high & 0xff] ?? 0) ^
    (table2[(high >>> 8) & 0xff] ?? 0) ^
    (table1[(high >>> 16) & 0xff] ?? 0) ^
    (table0[high >>> 24] ?? 0)
  );
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    byteAt(bytes, at) |
    (byteAt(bytes, at + 1) << 8) |
    (byteAt(bytes, at + 2) << 16) |
    (byteAt(bytes, at + 3) << 24)
  );
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function firstTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, index) => {
    let crc = index;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ reversedPolynomial : crc >>> 1;
    return crc;
  });
}

/** What a byte becomes after one more byte of zeros. */
function nextTable(previous: Int32Array): Int32Array {
  return previous.map((crc) => (table0[crc & 0xff] ?? 0) ^ (crc >>> 8));
}
