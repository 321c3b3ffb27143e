import { createServerless, type IServerOptions, type Server } from "soap";
import { METHODS, type Method, type Parameters } from "./methods.ts";
import type { SimulatorOptions } from "./options.ts";
import { describeService } from "./wsdl.ts";

/** What to answer a call with: the method, and what came by name. */
export type Answerer = (method: Method, sent: Parameters) => string;

const methodsAt = (path: string): Record<string, Method> =>
  Object.fromEntries(Object.entries(METHODS).filter(([, method]) => method.path === path));

/** Whether the bureau has a service under this path. */
export const isService = (path: string): boolean => Object.keys(methodsAt(path)).length > 0;

/** The description of the service under a path, with its address on the host that was asked. */
export const descriptionOf = (path: string, base: string, options: SimulatorOptions): string =>
  describeService(base + path, methodsAt(path), options);

/** Name of the method that an envelope calls, as far as it can be seen without reading it. */
export const methodIn = (envelope: string): string =>
  /<(?:[\w.-]+:)?(isp_\w+)[\s/>]/.exec(envelope)?.[1] ?? "";

/** An envelope to the envelope of the answer; `status` is 500 for what is no call. */
export async function answerEnvelope(
  envelope: string,
  path: string,
  description: string,
  answer: Answerer,
): Promise<{ body: string; status: number }> {
  const handlers = Object.fromEntries(
    Object.entries(methodsAt(path)).map(([name, method]) => [
      name,
      (sent: Record<string, unknown> | null) => ({ return: answer(method, asText(sent ?? {})) }),
    ]),
  );
  const services = { Bureau: { BureauPort: handlers } };
  const server = await soapServer({ path, services, xml: description, suppressStack: true });
  const { body, statusCode } = await server.processRequest(envelope, { url: path, method: "POST" });
  return { body, status: statusCode };
}

/** The library gives a server back before it has read the description; it is ready with the callback. */
const soapServer = (options: IServerOptions): Promise<Server> =>
  new Promise((resolve, reject) => {
    const callback = (error: unknown, server: Server): void => (error ? reject(error) : resolve(server));
    createServerless({ ...options, callback }).catch(reject);
  });

/** Values may come with attributes, such as a type; the text is then below `$value`. */
function asText(sent: Record<string, unknown>): Parameters {
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const inner =
        typeof value === "object" && value !== null ? (value as { $value?: unknown }).$value : value;
      return [name, inner === undefined || inner === null ? "" : String(inner)];
    }),
  );
}
