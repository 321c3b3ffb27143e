import { createServer } from "node:net";

/** The port if nothing listens on it at 127.0.0.1, else a free one; 0 asks for any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const taken = await tryListen(wanted);
  return taken ?? freePort(0);
}

/** Why a server could not listen there now (`EADDRINUSE`, `EACCES` …); undefined when it could. */
export async function listenProblem(port: number, host: string): Promise<string | undefined> {
  const answer = await listen(port, host);
  return typeof answer === "string" ? answer : undefined;
}

async function tryListen(port: number): Promise<number | undefined> {
  const answer = await listen(port, "127.0.0.1");
  return typeof answer === "number" ? answer : undefined;
}

/** Listens for a moment: the port, or the code of the error. */
function listen(port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : "no address"));
    });
  });
}
