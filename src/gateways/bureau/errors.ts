/** Why a call gave no usable answer. Fixed words only: no address, no key, nothing that was sent or received. */
export type FailureReason =
  | "not_connected"
  | "no_description"
  | "time_ran_out"
  | "connection_lost"
  | "http_status"
  | "answer_too_large"
  | "answer_unreadable";

/** A call to the bureau gave no answer. `reason` is a code; the message holds no secret and no personal data. */
export class BureauCallFailed extends Error {
  readonly reason: FailureReason;
  readonly status: number | undefined;
  constructor(method: string, reason: FailureReason, status?: number) {
    super(`${method}: ${reason}${status === undefined ? "" : ` ${status}`}`);
    this.reason = reason;
    this.status = status;
  }
}

/**
 * The request may have reached the bureau and may have been accepted: never send again blindly, ask for the previous
 * upload first. Also raised for an HTTP error and for an answer that cannot be read, since neither proves that
 * nothing was taken in.
 */
export class GatewayTimeout extends BureauCallFailed {
  override name = "GatewayTimeout";
}

/** Nothing was sent (no connection, or no service description): the same call may simply be made again later. */
export class GatewayUnavailable extends BureauCallFailed {
  override name = "GatewayUnavailable";
}

export type PackagingReason =
  | "algorithm"
  | "key"
  | "base64"
  | "decryption"
  | "hash"
  | "zip"
  | "file_count"
  | "file_name"
  | "record_count"
  | "too_large"
  | "encoding";

/** A data file cannot be packed or unpacked. */
export class PackagingFailed extends Error {
  override name = "PackagingFailed";
  readonly reason: PackagingReason;
  constructor(reason: PackagingReason, detail = "") {
    super(detail ? `${reason}: ${detail}` : reason);
    this.reason = reason;
  }
}

/** A text that should be XML is not, or holds a document type declaration, which the interface never has. */
export class XmlUnreadable extends Error {
  override name = "XmlUnreadable";
}

/**
 * What a problem is about: the block of the file and our id in it. An attachment has its place, counted from 1, a
 * cancellation the bureau's id of what is cancelled, and `answer` and `file`, the file as a whole, 0.
 */
export type ProblemOwner = {
  kind: "subject" | "website" | "access" | "attachment" | "cancellation" | "answer" | "file";
  id: number;
};

/**
 * One reason why an operation cannot be sent.
 * - `not_in_gbk`: `characters` lists what the encoding of the interface has no place for
 * - `not_ipv4`: version V.3.0 of the interface carries IPv4 only
 * - `too_large`: a picture has more than `most` characters in base64
 * - `schema`: `detail` is the rule of the schema that is broken (`minLength`, `order`, `missing` …)
 */
export type SendProblem = {
  owner: ProblemOwner;
  /** Element below the block of the owner, such as `Fzr/Fzr_xm`. */
  path: string;
  kind: "not_in_gbk" | "illegal_character" | "not_ipv4" | "range_reversed" | "too_large" | "schema";
  characters?: string[];
  most?: number;
  detail?: string;
};

/** The operation cannot be sent as it is; `problems` says where and why, without any value. */
export class Unsendable extends Error {
  override name = "Unsendable";
  readonly problems: SendProblem[];
  constructor(problems: SendProblem[]) {
    super(`cannot be sent: ${problems.map((p) => `${p.owner.kind} ${p.path} ${p.kind}`).join("; ")}`);
    this.problems = problems;
  }
}
