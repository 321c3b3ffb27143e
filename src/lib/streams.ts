import type { Readable } from "node:stream";

/** A stream gave more bytes than the reader allows. */
export class TooLong extends Error {
  override name = "TooLong";
}

/** All bytes of a stream; throws `TooLong` as soon as there are more than `limit`. */
export async function readAll(source: Readable | ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limit) throw new TooLong(`more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Calls `line` for every whole line of a text stream, without its line end; the rest is given at the end. */
export function eachLine(source: Readable, line: (text: string) => void): void {
  let rest = "";
  source.setEncoding("utf8");
  source.on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    lines.forEach(line);
  });
  source.on("end", () => {
    if (rest) line(rest);
  });
}
