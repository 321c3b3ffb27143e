import { createServer } from "node:http";
import type { Config } from "../config.ts";

/** The bureau simulator: listens and answers until it is stopped. */
export async function startSimulator(config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(config.simulatorPort, config.host, resolve));
  return {
    url: `http://${config.host}:${config.simulatorPort}`,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
