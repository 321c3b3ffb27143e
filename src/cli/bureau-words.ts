import type { FailureReason, PackagingReason } from "../gateways/bureau/errors.ts";
import { stopWords } from "../models/bureau/stop-words.ts";

type Problem =
  | FailureReason
  | `file_${PackagingReason | "xml"}`
  | "too_many_unreadable"
  | "not_acknowledged"
  | "somebody_else_at_it";

/** Why nothing, or not everything, could be fetched; by the codes that programs read. */
const problems: Record<Problem, string> = {
  not_connected: "it is out of reach: check its address and the network",
  no_description: "there is no interface at its address: check the address",
  time_ran_out: "it did not answer in time",
  connection_lost: "the connection broke",
  http_status: "its interface fails",
  answer_too_large: "its answer is larger than the interface allows",
  answer_unreadable: "its answer cannot be read",
  file_algorithm: "a file is encrypted, hashed or compressed in a way that is not known here",
  file_key: "the key or its vector kept here has the wrong length",
  file_base64: "a file is no base64",
  file_decryption: "a file cannot be decrypted: check the key and its vector",
  file_hash: "a file's hash is wrong: it is damaged, or the key is wrong",
  file_zip: "a file's zip is damaged",
  file_file_count: "a zip holds not just one file",
  file_file_name: "a file has a name that is not allowed",
  file_record_count: "a file holds more than 1000 records",
  file_too_large: "a file is larger than 50 MB",
  file_encoding: "a file is not written in GBK",
  file_xml: "a file is no XML, or holds what the interface forbids",
  too_many_unreadable: "too many files that cannot be read wait: see to them first",
  not_acknowledged: "it does not take our acknowledgement of a file",
  somebody_else_at_it: "a worker talks to it just now: try again in a minute",
};

/** Words of ours for why a bureau stands still; of the interface's codes the specification has its own. */
const stops: Record<string, string> = {
  4: "our user name there is wrong",
  5: "our password there is wrong",
  13: "it says that the provider is not of its province",
  1045: "it says that the provider is not of its province",
  sequence: "its numbers and ours differ",
  gap: "it lacks packages that cannot be sent again",
  key: "the key or its vector has the wrong length",
};

/** Why a bureau stands still, with the code. */
export const stoppedBecause = (reason: string): string => `${stops[reason] ?? stopWords(reason)} (${reason})`;

/** A problem of a download, with its code; "" where there is none. */
export function problemSaid(problem: string | null): string {
  if (problem === null) return "";
  const [, answered] = /^code_(\d+)$/.exec(problem) ?? [];
  if (answered) return stoppedBecause(answered);
  return problem in problems ? `${problems[problem as Problem]} (${problem})` : problem;
}
