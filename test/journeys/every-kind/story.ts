import { setTimeout as sleep } from "node:timers/promises";
import type { Person, Way } from "../../support/journey-person.ts";
import { icpPassword, type KnownRecord, putInPictures } from "../../support/journey-records.ts";
import { numberOf } from "../../support/journey-registrant.ts";
import { comesSignedIn } from "../../support/journey-scene.ts";
import { act } from "../../support/journey-staff.ts";
import type { JourneyWorld } from "../../support/journey-world.ts";
import { registrants } from "../../support/people.ts";

type Desk = Record<"李四" | "赵六" | "孙七", Person>;

/** What a story of one person needs from one sentence to the next. */
export type Story = {
  world: JourneyWorld;
  way: Way;
  checked: Set<string>;
  owner: "张三" | "王五";
  email: string;
  at: Person;
  /** Those who review, verify and submit. */
  desk: Desk;
  record: KnownRecord;
  /** 备案单号 of what is under way. */
  number: string;
};

/** A sentence of a story with what is done and what must then be so. */
export type Sentence = [sentence: string, step: (story: Story) => Promise<void>];

export async function begin(
  world: JourneyWorld,
  way: Way,
  owner: Story["owner"],
  record: KnownRecord,
): Promise<Story> {
  const checked = new Set<string>();
  const comes = (name: Parameters<typeof comesSignedIn>[2]) => comesSignedIn(world, way, name, checked);
  const desk = { 李四: await comes("李四"), 赵六: await comes("赵六"), 孙七: await comes("孙七") };
  const { email } = registrants[owner];
  return { world, way, checked, owner, email, at: await comes(owner), desk, record, number: "" };
}

export const page = ({ number }: Story, part = ""): string => `/filings/${number}${part}`;

/** Everything that went wrong on a page. Pictures that a test made have no bytes. */
export const faultsOf = ({ at, desk }: Story): string[] =>
  [at, ...Object.values(desk)]
    .flatMap(({ faults }) => faults)
    .filter((fault) => !fault.includes("/materials/"));

/** From the home page to the answer of the check: which way this filing goes. */
export async function checkType(
  { at }: Story,
  tile: RegExp,
  { certNo, domain }: { certNo: string; domain: string },
): Promise<void> {
  await at.open("/");
  await at.press(tile);
  await at.looksRight(`new filing ${tile.source}`);
  await at.choose("nature", "4", "选好性质以后，更新证件类型");
  await at.choose("certType", "1");
  await at.type({ certNo, domain });
  await at.press(/^(验证备案类型|开始填写)$/);
}

/** From the home page to the record's page of 变更备案 or 注销备案. */
export async function openRecord({ at, record }: Story, tile: RegExp): Promise<void> {
  await at.open("/");
  await at.press(tile);
  await at.looksRight(`records for ${tile.source}`);
  await at.page.locator(`a[href^="/records/${record.id}/"].btn`).first().click();
  await at.quiet();
}

/** The filing whose page is shown now is the one of the story. */
export function goesOnWith(story: Story): void {
  story.number = numberOf(story.at);
  if (story.number === "") throw new Error(`no filing at ${story.at.page.url()}`);
}

/** Reads the summary, agrees and submits. `kind` names the kind of page for axe. */
export async function submit(story: Story, kind: string): Promise<void> {
  const { world, at } = story;
  await putInPictures(world, story.number, "entry");
  await at.open(page(story));
  await at.looksRight(`draft of ${kind}`);
  await at.open(page(story, "/check"));
  await at.reads("预审报告：可以提交");
  await at.looksRight(`summary of ${kind}`);
  await at.page.locator("#agree").check();
  await at.press("提交初审");
  await at.reads("等待信息初审");
}

/** Claims the filing of the story on its page of the console. */
export async function claimed(story: Story, name: keyof Desk): Promise<Person> {
  const at = story.desk[name];
  await at.open(`/console/filings/${story.number}`);
  await act(at, "c", /^领取这件/);
  await at.reads("您已领取");
  return at;
}

/** 初审 passes it; with a verification the photo comes, and 核验 passes it too. */
export async function passesReviews(story: Story, kind: string, seen: readonly string[] = []): Promise<void> {
  const reviewer = await claimed(story, "李四");
  for (const words of seen) await reviewer.reads(words);
  await reviewer.looksRight(`console review of ${kind}`);
  await act(reviewer, "a", /^通过/);
  await story.at.open(page(story));
  if (!(await story.at.read()).includes("拍摄核验照片，上传后提交核验")) return;
  await putInPictures(story.world, story.number, "photo");
  await story.at.reload();
  await story.at.press("提交核验");
  await story.at.reads("等待信息核验");
  await act(await claimed(story, "赵六"), "a", /^核验通过/);
}

/** 上报 sends it; the bureau has it, and the registrant has done the short-message check where there is one. */
export async function goesToBureau(story: Story, smsCheck = true): Promise<void> {
  const submitter = story.desk.孙七;
  await submitter.open(`/console/filings/${story.number}`);
  await submitter.looksRight("console filing that may be sent");
  await act(submitter, "a", /^提交管局/);
  await becomes(story, smsCheck ? "待短信核验" : "待管局审核");
  if (!smsCheck) return;
  await story.at.press("我已完成短信核验");
  await story.at.reads("等待管局审核");
}

/** What the bureau has of the story: what came last. */
const newestAtBureau = ({ world }: Story): number =>
  Math.max(
    ...world.simulator
      .view()
      .filings.filter(({ state }) => state === "waiting")
      .map(({ id }) => id),
  );

export async function bureauApproves(story: Story): Promise<void> {
  story.world.simulator.order({ action: "approve", filing: newestAtBureau(story) });
  await story.world.askBureau();
}

/** The bureau grants a recall by telephone. */
export const bureauForgets = (story: Story): void =>
  story.world.simulator.order({ action: "recall", filing: newestAtBureau(story) });

export async function bureauReturns(story: Story, words: string): Promise<void> {
  story.world.simulator.order({ action: "return", filing: newestAtBureau(story), words });
  await story.world.askBureau();
}

/** A mail about this filing with these words in its subject. */
export function mailAbout(story: Story, subject: string): Promise<string> {
  const { world, email, number } = story;
  return world.mailTo(email, new RegExp(`^[^\\n]*${subject}[^]*${number}`));
}

/** Loads the page of the filing until it says so. */
export async function becomes(story: Story, words: string): Promise<void> {
  const { at } = story;
  for (const limit = Date.now() + 30_000; Date.now() < limit; await sleep(200)) {
    await at.open(page(story));
    if ((await at.read()).includes(words)) return;
  }
  throw new Error(`${words} never came:\n${await at.read()}`);
}

/** The bureau approves: the mail has the words in its subject, and the page says what became of it. */
export async function isDone(story: Story, done: string, kind: string, subject = done): Promise<void> {
  await bureauApproves(story);
  await mailAbout(story, subject);
  await becomes(story, done);
  await story.at.looksRight(`done: ${kind}`);
}

let visits = 0;

/** The public look-up says this of a number to somebody who has not kept the page, as browsers may for ten minutes. */
export async function everybodyReads({ at }: Story, number: string, ...words: string[]): Promise<void> {
  await at.open(`/query/${encodeURIComponent(number)}?visit=${++visits}`);
  for (const one of words) await at.reads(one);
  await at.looksRight("public record");
}

/** The page of the record says this. */
export async function recordReads({ at, record }: Story, ...words: string[]): Promise<void> {
  await at.open(`/records/${record.id}`);
  for (const one of words) await at.reads(one);
  await at.looksRight("record");
}

export { icpPassword };
