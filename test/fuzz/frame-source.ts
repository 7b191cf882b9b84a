import { decodeRequest } from '../../src/broker/protocol/api.js';
import { decodeRequestHeader } from '../../src/broker/protocol/header.js';
import { includesVersion } from '../../src/broker/protocol/version-range.js';
import { registeredApi } from '../../src/broker/registry.js';
import { withLength } from '../../src/broker/protocol/frame.js';
import type { Random } from '../broker/protocol/seeded-random.js';
import { mutate } from './mutate.js';
import { randomRequest } from './random-request.js';

const stockSize = 400;

/**
 * Frames to throw at a broker: a fifth are sound requests, a few are noise, the rest requests with something wrong. The same
 * random numbers make the same frames. Requests are kept for a while and mutated again and again: making them costs most. Of
 * what cannot be read at all only a part is kept, because each such frame costs a connection and tries the same few lines.
 */
export class FrameSource {
  private readonly stock: Buffer[] = [];

  constructor(private readonly random: Random) {}

  next(): Buffer {
    for (;;) {
      const frame = this.draw();
      if (this.random.chance(0.08) || isReadable(frame)) return frame;
    }
  }

  private draw(): Buffer {
    const chosen = this.random.below(100);
    if (chosen < 5) return withLength(this.random.bytes(this.random.below(80)));
    const request = this.request();
    return chosen < 25 ? request : mutate(request, this.random);
  }

  private request(): Buffer {
    const at = this.random.below(stockSize);
    if (this.random.chance(0.05)) this.stock[at] = randomRequest(this.random);
    return (this.stock[at] ??= randomRequest(this.random));
  }
}

function isReadable(frame: Buffer): boolean {
  try {
    const { header, body } = decodeRequestHeader(frame.subarray(4));
    const registered = registeredApi(header.apiKey);
    if (!registered || !includesVersion(registered.versions, header.apiVersion)) return false;
    decodeRequest(registered.api, header.apiVersion, body);
    return true;
  } catch {
    return false;
  }
}
