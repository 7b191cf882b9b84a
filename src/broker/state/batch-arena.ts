/**
 * Memory for the batches of one log. Node's own pool shares 8 KB between whoever asks at the moment, so that one stored batch of
 * 100 bytes would keep 8 KB of requests and answers that are long gone. Here neighbours in the log share a block, and go together.
 */
export class BatchArena {
  private block = Buffer.alloc(0);
  private used = 0;
  private nextBlockBytes = smallestBlock;

  /** A copy of the bytes. */
  store(bytes: Buffer): Buffer {
    if (bytes.length > largestBlock / 4) return copyInto(Buffer.allocUnsafeSlow(bytes.length), bytes);
    if (bytes.length > this.block.length - this.used) this.begin(bytes.length);
    const place = this.block.subarray(this.used, this.used + bytes.length);
    this.used += bytes.length;
    return copyInto(place, bytes);
  }

  /** Blocks grow with the log: a topic with three records is not to cost 64 KB. */
  private begin(atLeast: number): void {
    this.block = Buffer.allocUnsafeSlow(Math.max(this.nextBlockBytes, atLeast));
    this.used = 0;
    this.nextBlockBytes = Math.min(largestBlock, this.nextBlockBytes * 2);
  }
}

const smallestBlock = 1024;
const largestBlock = 65_536;

function copyInto(place: Buffer, bytes: Buffer): Buffer {
  bytes.copy(place);
  return place;
}
