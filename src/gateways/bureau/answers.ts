import { type Lifted, TOKEN } from "./lift.ts";
import type { BeianStatus } from "./lookups.ts";
import type { Answer, DownloadAnswer, DownloadFile, PreviousUpload, UploadAnswer } from "./types.ts";
import { child, childrenOf, numberAt, readXml, type Tree, textAt } from "./xml.ts";

/**
 * The texts in `<return>` (返回数据格式). Read leniently: the version attribute may be missing, the order of elements
 * is not looked at, and the encoding that the text declares is ignored. What is not an answer at all throws
 * `XmlUnreadable`, or gives undefined where the code is missing.
 */
export function readAnswer(text: string): Answer | undefined {
  return answerOf(readXml(text));
}

function answerOf(tree: Tree): Answer | undefined {
  const code = numberAt(tree, "msg_code");
  return code === undefined ? undefined : { code, message: textAt(tree, "msg") ?? "" };
}

/** Answer to isp_upload. */
export function readUploadAnswer(text: string): UploadAnswer | undefined {
  const tree = readXml(text);
  const answer = answerOf(tree);
  if (!answer) return undefined;
  const missing = childrenOf(child(tree, "dataSequences"), "dataSequence")
    .map(({ text: number }) => Number(number))
    .filter((number) => Number.isSafeInteger(number) && number > 0);
  return missing.length > 0 ? { ...answer, missing } : answer;
}

/** Answer to isp_download. */
export function readDownloadAnswer(text: string, lifted: Lifted = {}): DownloadAnswer | undefined {
  const tree = readXml(text);
  const answer = answerOf(tree);
  const file = fileOf(child(tree, "fileInfos"), lifted);
  return answer && (file ? { ...answer, file } : answer);
}

/** Answer to isp_querypreviousupload; some bureaus may put the number beside the file, so both places are read. */
export function readPreviousUpload(text: string, lifted: Lifted = {}): PreviousUpload | undefined {
  const tree = readXml(text);
  const answer = answerOf(tree);
  if (!answer) return undefined;
  const infos = child(tree, "fileInfos");
  const file = fileOf(infos, lifted);
  const sequence = numberAt(infos, "dataSequence") ?? numberAt(tree, "dataSequence") ?? 0;
  const hash = (textAt(infos, "beianInfoHash") ?? "").replace(/\s/g, "");
  return { ...answer, sequence, hash, ...(file ? { file } : {}) };
}

/** A file is there when it has content; an answer without one may still carry empty elements. */
function fileOf(infos: Tree | undefined, { content }: Lifted): DownloadFile | undefined {
  const text = textAt(infos, "beianInfo");
  const beianInfo = text === TOKEN && content !== undefined ? content : text;
  if (!infos || beianInfo === undefined) return undefined;
  return {
    fileName: textAt(infos, "return_FileName") ?? "",
    beianInfo,
    beianInfoHash: (textAt(infos, "beianInfoHash") ?? "").replace(/\s/g, ""),
    encryptAlgorithm: numberAt(infos, "encryptAlgorithm") ?? 0,
    hashAlgorithm: numberAt(infos, "hashAlgorithm") ?? 0,
    compressionFormat: numberAt(infos, "compressionFormat") ?? 0,
  };
}

/** Answer to isp_querybeianstatus; no status where the bureau does not say clearly whether it is filed (Bazt). */
export function readBeianStatus(text: string): (Answer & { status?: BeianStatus }) | undefined {
  const tree = readXml(text);
  const answer = answerOf(tree);
  const info = child(tree, "StatusInfo");
  const state = textAt(info, "Bazt");
  if (!answer || (state !== "0" && state !== "1")) return answer;
  const [subjectNumber, websiteNumber, websiteName] = ["Ztbah", "Wzbah", "Wzmc"].map((name) =>
    textAt(info, name),
  );
  const status: BeianStatus = {
    filed: state === "0",
    ...(subjectNumber ? { subjectNumber } : {}),
    ...(websiteNumber ? { websiteNumber } : {}),
    ...(websiteName ? { websiteName } : {}),
  };
  return { ...answer, status };
}

/** Answer to isp_verifybamm: VerifyRes 0 right, 1 wrong. */
export function readVerification(text: string): (Answer & { right?: boolean }) | undefined {
  const tree = readXml(text);
  const answer = answerOf(tree);
  const result = textAt(tree, "VerifyRes");
  if (!answer || (result !== "0" && result !== "1")) return answer;
  return { ...answer, right: result === "0" };
}
