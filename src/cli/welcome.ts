import { write } from "./output.ts";
import type { Settings } from "./settings.ts";

const line = (name: string, value: string): string => `  ${name.padEnd(24)} ${value}`;

/** The addresses of an installation, and in the demo who may sign in. */
export function welcome(settings: Settings, ms: number): void {
  const { publicUrl } = settings;
  const lines = [
    "",
    `OpenBeian is running${settings.demo ? " (演示 demo)" : ""}, ready after ${(ms / 1000).toFixed(1)} s. Ctrl-C stops it.`,
    "",
    line("portal (registrants)", `${publicUrl}/`),
    line("console (staff)", `${publicUrl}/console`),
    ...(settings.demo ? demoLines(publicUrl) : []),
    "",
  ];
  for (const text of lines) write(text);
}

function demoLines(publicUrl: string): string[] {
  const second = new URL(publicUrl);
  second.hostname = "other.localhost";
  return [
    line("a second ISP", second.href),
    line("every mail and SMS sent", `${publicUrl}/dev/outbox`),
    line("the bureau's desk", `${publicUrl}/dev/bureau`),
    "",
    line("registrants", "demo01  demo03"),
    line("staff", "reviewer  verifier  submitter  service  supervisor  admin"),
    line("at the second ISP", "demo02 (registrant)  other-reviewer (staff)"),
    line("password of all", "openbeian-demo"),
  ];
}
