import { z } from "zod";
import { readData } from "./data.ts";

const questionSchema = z.object({
  /** Anchor on the page, unique among all. */
  id: z.string().regex(/^[a-z-]+$/),
  ask: z.string().min(1),
  /** Paragraphs. */
  answer: z.array(z.string().min(1)).min(1),
  links: z.array(z.object({ href: z.string(), text: z.string() })).default([]),
  /** Ordinance, public page or rule of ours that the answer rests on; not shown. */
  source: z.string().min(1),
});

const groupSchema = z.object({
  id: z.string(),
  title: z.string(),
  questions: z.array(questionSchema).min(1),
});

export type Question = z.infer<typeof questionSchema>;
export type QuestionGroup = z.infer<typeof groupSchema>;

/** 备案常见问题: the questions that registrants ask, with their answers, in the order of the page. */
export const questionGroups: readonly QuestionGroup[] = z.array(groupSchema).parse(readData("questions"));
