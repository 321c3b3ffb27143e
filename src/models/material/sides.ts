/** Begins two pictures kept as one original; no picture begins so. */
const MARK = Buffer.from("OBsides1");
const LENGTH = 4;

/** Front and back of a card (正反面) as one original: the worker makes one picture of them. */
export function packSides(front: Uint8Array, back: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(front.byteLength);
  return Buffer.concat([MARK, length, front, back]);
}

/** The pictures of an original: one, or front and back. */
export function sidesOf(original: Buffer): Buffer[] {
  const start = MARK.length + LENGTH;
  if (original.length < start || !original.subarray(0, MARK.length).equals(MARK)) return [original];
  const end = start + original.readUInt32BE(MARK.length);
  return [original.subarray(start, end), original.subarray(end)];
}
