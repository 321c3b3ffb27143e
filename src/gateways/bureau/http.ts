import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { Readable } from "node:stream";
import iconv from "iconv-lite";
import { readAll, TooLong } from "../../lib/streams.ts";
import type { FailureReason } from "./errors.ts";
import { type Lifted, liftFile } from "./lift.ts";

/** How far a request got when it failed: only `sent: false` proves that the other side saw nothing of it. */
export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly sent: boolean;
  readonly reason: FailureReason;
  readonly status: number | undefined;
  constructor(sent: boolean, reason: FailureReason, status?: number) {
    super(reason);
    this.sent = sent;
    this.reason = reason;
    this.status = status;
  }
}

/** `content` is the file that was lifted out of the body. */
export type HttpAnswer = Lifted & {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** A file of 50 MB, zipped badly, in base64 and with line breaks still fits. */
const MAX_ANSWER_BYTES = 100 * 1024 * 1024;

/** Characters of a long body that go at a time. */
const AT_ONCE = 256 * 1024;

/** What is left of an answer without its file is parsed by a library that builds objects of it. */
const MAX_REST_BYTES = 4 * 1024 * 1024;

/** Neither an answer nor a service description has a document type; where there is none, there are no entities. */
const DOCUMENT_TYPE = /<!(?:DOCTYPE|ENTITY)/i;

/**
 * One HTTP request on a connection of its own, without following redirects and without proxies: what is sent holds
 * the account, so it goes to the configured host alone. The body comes in parts, of which the long ones are plain ASCII;
 * none of it is a GET. Throws `RequestFailed`; the answer may have any status.
 */
export function request(
  url: string,
  body: readonly string[],
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let sent = false;
    const fail = (reason: FailureReason): void =>
      reject(new RequestFailed(sent, signal.aborted ? "time_ran_out" : reason));
    const send = url.startsWith("https:") ? secure : plain;
    const outgoing = send(url, {
      method: body.length === 0 ? "GET" : "POST",
      headers: body.length === 0 ? headers : { ...headers, "Content-Length": lengthOf(body) },
      signal,
      agent: false,
    });
    outgoing.on("socket", (socket) => {
      socket.once(url.startsWith("https:") ? "secureConnect" : "connect", () => {
        sent = true;
      });
    });
    outgoing.on("error", () => fail(sent ? "connection_lost" : "not_connected"));
    outgoing.on("response", (incoming) => {
      readAll(incoming, MAX_ANSWER_BYTES).then(
        (bytes) => {
          const { rest, ...lifted } = liftFile(bytes);
          if (rest.length > MAX_REST_BYTES) return fail("answer_too_large");
          const answer = { body: decode(rest, incoming.headers["content-type"] ?? ""), ...lifted };
          if (DOCUMENT_TYPE.test(answer.body)) return fail("answer_unreadable");
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, ...answer });
        },
        (error) => {
          incoming.destroy();
          fail(error instanceof TooLong ? "answer_too_large" : "connection_lost");
        },
      );
    });
    Readable.from(piecesOf(body)).pipe(outgoing);
  });
}

const lengthOf = (parts: readonly string[]): number =>
  parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);

/** Encoded while it is sent: as a whole a file would be there once more, and again in what is still to be written. */
function* piecesOf(parts: readonly string[]): Generator<Buffer> {
  for (const part of parts)
    for (let at = 0; at < part.length; at += AT_ONCE) yield Buffer.from(part.slice(at, at + AT_ONCE));
}

/** UTF-8 unless the header names another encoding that we know. */
function decode(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  return iconv.decode(bytes, iconv.encodingExists(charset) ? charset : "utf-8");
}
