import type { Random } from '../broker/protocol/seeded-random.js';
import { one } from './random-request.js';

const lengthBytes = 4;

/** A frame with a few bytes changed, taken out, put in or repeated. Its length is right again, so that the next one is found. */
export function mutate(frame: Buffer, random: Random): Buffer {
  let content = Buffer.from(frame.subarray(lengthBytes));
  for (let left = 1 + random.below(3); left > 0; left--) content = one(random, mutations)(content, random);
  const mutated = Buffer.allocUnsafe(lengthBytes + content.length);
  mutated.writeInt32BE(content.length, 0);
  content.copy(mutated, lengthBytes);
  return mutated;
}

type Mutation = (content: Buffer<ArrayBuffer>, random: Random) => Buffer<ArrayBuffer>;

const interesting = [0, 1, -1, 0x7fff_ffff, -0x8000_0000, 0x7fff, 0x00ff_ffff, 0x0100_0000];

const flipBit: Mutation = (content, random) => {
  const at = placeIn(content, random);
  const byte = content[at];
  if (byte !== undefined) content[at] = byte ^ (1 << random.below(8));
  return content;
};

const setByte: Mutation = (content, random) => {
  if (content.length > 0) content[placeIn(content, random)] = random.below(256);
  return content;
};

const setNumber: Mutation = (content, random) => {
  if (content.length < 4) return content;
  content.writeInt32BE(one(random, interesting), random.below(content.length - 3));
  return content;
};

const cut: Mutation = (content, random) => content.subarray(0, random.below(content.length + 1));

const takeOut: Mutation = (content, random) => {
  const at = placeIn(content, random);
  return Buffer.concat([content.subarray(0, at), content.subarray(at + 1 + random.below(8))]);
};

const putIn: Mutation = (content, random) => {
  const at = placeIn(content, random);
  return Buffer.concat([content.subarray(0, at), random.bytes(1 + random.below(8)), content.subarray(at)]);
};

const repeat: Mutation = (content, random) => {
  const at = placeIn(content, random);
  return Buffer.concat([content, content.subarray(at, at + random.below(60))]);
};

const mutations: readonly Mutation[] = [
  flipBit,
  flipBit,
  setByte,
  setByte,
  setNumber,
  cut,
  takeOut,
  putIn,
  repeat,
];

/** Mostly behind the header: what it says decides whether the rest is looked at. */
function placeIn(content: Buffer, random: Random): number {
  const from = random.chance(0.9) ? Math.min(14, content.length) : 0;
  return from + random.below(Math.max(1, content.length - from));
}
