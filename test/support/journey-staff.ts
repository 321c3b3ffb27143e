import type { Person } from "./journey-person.ts";
import { password, staff } from "./people.ts";

export async function signInAtConsole(at: Person, name: keyof typeof staff): Promise<void> {
  await at.open("/console");
  await at.sees("登录备案审核台");
  await at.looksRight("console login");
  await at.type({ login: staff[name].userName, password });
  await at.press("登录");
}

/** Does what a button of the console does: by its key where keys work, else with the mouse. */
export async function act(at: Person, key: string, button: RegExp): Promise<void> {
  if (at.way.js) await at.page.keyboard.press(key);
  else await (await at.control(button)).click();
  await at.quiet();
}

/** Takes the most urgent filing of a queue, which then is open. */
export async function claimNext(at: Person, queue: string, title: string): Promise<void> {
  await at.open(`/console/queue?stage=${queue}`);
  await at.reads(title);
  await at.looksRight("console queue");
  await act(at, "n", /^领取下一件/);
  await at.sees(title);
  await at.reads("您已领取");
}

/** Ticks a reason; one that stands among the first has a key of its own, the others stand under 更多原因. */
export async function pick(at: Person, place: string): Promise<void> {
  const box = at.page.locator(`input[name="reason"][value$="${place}"]`).first();
  const key = await box.getAttribute("data-key");
  if (key && at.way.js) await at.page.keyboard.press(key);
  else if (key) await box.check();
  else {
    if (!(await box.isVisible())) await act(at, "m", /^更多原因/);
    await box.focus();
    await at.page.keyboard.press("Space");
  }
  await at.quiet();
}

/** The service desk posts the curtain of a filing. */
export async function postCurtain(at: Person, number: string, tracking: string): Promise<void> {
  await at.open("/console/curtains");
  await at.type({ [`courier-${number}`]: "顺丰速运", [`tracking-${number}`]: tracking });
  await at.looksRight("console curtains");
  const row = at.page.locator(`form[action="/console/curtains/${number}/parcel"]`);
  await row.getByRole("button", { name: "寄出" }).click();
  await at.quiet();
}
