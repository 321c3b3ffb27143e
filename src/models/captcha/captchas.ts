import type { Vault } from "../../crypto/vault.ts";
import { fold } from "../../lib/text.ts";
import type { Store } from "../store.ts";

/** Without letters and digits that look alike. */
const LETTERS = "ABCDEFGHJKMNPRSTUVWXYZ2345678";
const NUMBERS = "零一二三四五六七八九十";
const UUID = /^[0-9a-f-]{36}$/;

/** What the picture shows: hangs on the id and our key alone, so that only the id has to be kept. */
export function captchaText(vault: Vault, id: string): string {
  const bytes = vault.sign("captcha-text", id).subarray(0, 4);
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}

const things = ["只猫", "棵树", "本书", "把椅子", "个苹果", "辆车"];

/** A question in words, for people who cannot read pictures, with its answer as digits. */
export function captchaQuestion(vault: Vault, id: string): { question: string; answer: string } {
  const [a = 0, b = 0, c = 0, d = 0] = vault.sign("captcha-question", id);
  const [first, second, thing] = [(a % 8) + 2, (b % 8) + 2, things[c % things.length]];
  const more = d % 2 === 0;
  const [large, small] = [Math.max(first, second), Math.min(first, second)];
  const question = more
    ? `${NUMBERS[first]}${thing}，再来${NUMBERS[second]}${thing?.[0]}，一共几${thing?.[0]}？`
    : `${NUMBERS[large]}${thing}，拿走${NUMBERS[small]}${thing?.[0]}，还有几${thing?.[0]}？`;
  return { question, answer: String(more ? first + second : large - small) };
}

/** Draws up a captcha (验证码) and gives its id; it can be answered once, within ten minutes. */
export async function newCaptcha({ db, vault }: Store): Promise<string> {
  const id = crypto.randomUUID();
  const answer = vault.sign("captcha-answer", captchaText(vault, id));
  await db`insert into captchas (id, answer_hash) values (${id}, ${answer})`;
  return id;
}

/** 七 → 7, 十三 → 13; digits stay. */
function digitsOf(typed: string): string {
  const ten = /^([一二三四五六七八九])?十([一二三四五六七八九])?/.exec(typed);
  if (ten)
    return String((ten[1] ? NUMBERS.indexOf(ten[1]) : 1) * 10 + (ten[2] ? NUMBERS.indexOf(ten[2]) : 0));
  const one = NUMBERS.indexOf(typed[0] ?? "-");
  return one >= 0 ? String(one) : typed.replace(/\D/g, "");
}

/**
 * Whether the text is what the picture shows or answers the question. Right or wrong, this captcha is used up: of two
 * forms sent with one captcha, one is refused.
 */
export async function checkCaptcha({ db, vault }: Store, id: string, typed: string): Promise<boolean> {
  if (!UUID.test(id)) return false;
  const rows = await db`delete from captchas where id = ${id} and expires_at > now() returning id`;
  const answer = fold(typed).toUpperCase().replace(/\s/g, "");
  const right = answer === captchaText(vault, id) || digitsOf(answer) === captchaQuestion(vault, id).answer;
  return rows.length > 0 && right;
}
