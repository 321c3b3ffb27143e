import type { Command } from "commander";

type Register = (program: Command) => void;

/** Every command by its name. A file is loaded only when its command is called, so that starting stays quick. */
export const commands: Record<string, () => Promise<Register>> = {
  start: async () => (await import("./start.ts")).start,
  web: async () => (await import("./web.ts")).web,
  worker: async () => (await import("./worker.ts")).worker,
  simulator: async () => (await import("./simulator.ts")).simulator,
  migrate: async () => (await import("./migrate.ts")).migrate,
  demo: async () => (await import("./demo.ts")).demo,
  jobs: async () => (await import("./jobs.ts")).jobs,
  isp: async () => (await import("./isp.ts")).isp,
  staff: async () => (await import("./staff.ts")).staff,
  bureau: async () => (await import("./bureau.ts")).bureau,
  hook: async () => (await import("./hook.ts")).hook,
  product: async () => (await import("./product.ts")).product,
  rules: async () => (await import("./rules.ts")).rules,
  filing: async () => (await import("./filing.ts")).filing,
  files: async () => (await import("./files.ts")).files,
  audit: async () => (await import("./audit.ts")).audit,
  doctor: async () => (await import("./doctor.ts")).doctor,
  keys: async () => (await import("./keys.ts")).keys,
};
