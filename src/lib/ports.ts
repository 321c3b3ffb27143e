import { createServer } from "node:net";

/** The port if nothing listens on it at 127.0.0.1, else a free one; 0 asks for any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const taken = await tryListen(wanted, "127.0.0.1");
  return taken ?? freePort(0);
}

/** Whether a server could listen there now. */
export const isPortFree = async (port: number, host = "127.0.0.1"): Promise<boolean> =>
  (await tryListen(port, host)) !== undefined;

function tryListen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
