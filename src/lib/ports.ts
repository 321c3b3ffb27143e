import { createServer } from "node:net";

/** The port if nothing listens on it at 127.0.0.1, else a free one; 0 asks for any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const taken = await tryListen(wanted);
  return taken ?? (wanted === 0 ? freePort() : freePort(0));
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
