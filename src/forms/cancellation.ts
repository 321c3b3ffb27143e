import { type FormBody, text } from "../lib/form-body.ts";
import type { Problem } from "../view.ts";

/** What is missing before a filing is given up: the box that says so. */
export const readCancellation = (body: FormBody): Problem[] =>
  text(body, "sure") === "1" ? [] : [{ field: "sure", text: "确定要取消的，请勾选“我确定取消”" }];
