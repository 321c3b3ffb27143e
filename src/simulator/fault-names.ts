/** Faults that spoil what is fetched: they hit isp_download alone, and only when a file waits. */
const SPOILED = [
  "wrong_hash",
  "wrong_padding",
  "truncated",
  "garbage_file",
  "huge",
  "lying",
  "xml_bomb_file",
  "external_entity_file",
  "answer_twice",
  "reordered",
] as const;

/**
 * What can go wrong on purpose.
 *
 * Answers without doing anything: `busy` 15, `hours` 20, `wrong_password` 5, `closed` 19, `maintenance` 901 or 902,
 * `other` 999.
 *
 * The connection: `down` HTTP 503 to everything, the service description too; `drop_before` closed before anything is
 * done; `timeout_after_accept` done, then closed; `hang_after_accept` done, never answered; `slow` byte by byte;
 * `endless` an answer without an end.
 *
 * The text in the answer: `garbage` no XML; `garbage_http` not even SOAP; `xml_bomb` entities that grow without bound, in
 * the text; `xml_bomb_soap` in the envelope around it; `external_entity` one that would be fetched from here.
 *
 * The file in a download: `wrong_hash`; `wrong_padding` of the encryption (of base64 without one); `truncated` its zip is cut
 * off; `garbage_file` no XML; `huge` of 60 MB, `lying` likewise but its zip says 100 bytes; `xml_bomb_file`,
 * `external_entity_file`.
 *
 * The order of files: `answer_twice` the same again under another name, and under its own after it was acknowledged;
 * `reordered` the last first.
 */
export const FAULTS = [
  "none",
  "down",
  "busy",
  "hours",
  "wrong_password",
  "closed",
  "maintenance",
  "other",
  "garbage",
  "garbage_http",
  "xml_bomb",
  "xml_bomb_soap",
  "external_entity",
  "drop_before",
  "timeout_after_accept",
  "hang_after_accept",
  "slow",
  "endless",
  ...SPOILED,
] as const;
export type Fault = (typeof FAULTS)[number];

/** Those that spoil what is fetched. */
export const FILE_FAULTS: ReadonlySet<Fault> = new Set<Fault>(SPOILED);
