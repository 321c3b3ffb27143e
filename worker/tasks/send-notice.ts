import { mailHost } from "../../src/gateways/mail/index.ts";
import { SendingFailed } from "../../src/gateways/sending.ts";
import { issueCode } from "../../src/models/code/codes.ts";
import { sceneOf } from "../../src/models/notice/scene.ts";
import { beginSending, recordNotSent, recordSent, type Sending } from "../../src/models/notice/sending.ts";
import type { WorkerDeps } from "../deps.ts";
import { mailText, smsText } from "../notice-text.ts";
import type { Task } from "./types.ts";

/** Sends one notice: claims it, makes its code and its words, hands it to the channel, records what became of it. */
export const sendNotice =
  (deps: WorkerDeps): Task<"send-notice"> =>
  async ({ noticeId }, { progress }) => {
    const notice = await beginSending(deps, noticeId);
    if (!notice) return progress("nothing to send");
    const deliver = await prepare(deps, notice);
    if (!deliver) return progress("its code is wanted no more");
    try {
      await deliver();
    } catch (error) {
      await recordFate(deps, notice, error);
      return progress((error as Error).message);
    }
    await recordSent(deps.db, notice);
    progress(`sent by ${notice.channel}`);
  };

/** The words of the notice, ready to go; undefined when its code was replaced, used or has run out meanwhile. */
async function prepare(deps: WorkerDeps, notice: Sending): Promise<(() => Promise<void>) | undefined> {
  try {
    const issued = notice.codeId === null ? {} : await issueCode(deps, notice.codeId);
    if (issued) return await delivery(deps, notice, issued);
    await recordNotSent(deps.db, notice, "failed", "the code is wanted no more");
    return undefined;
  } catch (error) {
    // Nothing has left yet, also not as a short message: another try is safe.
    await recordNotSent(deps.db, notice, "failed", "the text could not be made");
    throw error;
  }
}

async function delivery(
  deps: WorkerDeps,
  notice: Sending,
  code: { code?: string },
): Promise<() => Promise<void>> {
  const { config, mail, sms } = deps;
  const scene = await sceneOf(deps, notice);
  const occasion = { publicUrl: config.publicUrl, now: new Date(), ...code };
  const { id, address: to } = notice;
  if (notice.channel === "sms") {
    const text = smsText(notice, scene, occasion);
    return () => sms.send({ id, to, text });
  }
  const words = mailText(notice, scene, occasion);
  const messageId = `<${id}@${mailHost(config)}>`;
  return () => mail.send({ id, to, from: `${scene.isp.name}网站备案`, messageId, ...words });
}

/** Records what became of a notice that was not accepted; throws where another try may help. */
async function recordFate({ db }: WorkerDeps, notice: Sending, error: unknown): Promise<void> {
  const known = error instanceof SendingFailed ? error : undefined;
  const unclear = notice.channel === "sms" && (known?.fate ?? "unclear") === "unclear";
  await recordNotSent(db, notice, unclear ? "unclear" : "failed", known?.message ?? "the channel failed");
  if (!unclear && known?.fate !== "refused") throw error;
}
