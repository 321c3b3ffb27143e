import { type Client, createClientAsync, type IHttpClient, type IWSDLCache, type WSDL } from "soap";
import type { Parameter } from "./authentication.ts";
import { GatewayTimeout, GatewayUnavailable } from "./errors.ts";
import { RequestFailed, request } from "./http.ts";
import { type Aside, type Lifted, setAside } from "./lift.ts";

/** Services of the bureau (企业系统接口规范 V3.0, 3-3) by path below the base address. */
export const SERVICE_PATHS = {
  upDownLoad: "/ISPWebService/upDownLoad",
  queryBeianStatus: "/BeianStatusWebService/queryBeianStatus",
  verifyBamm: "/BeianStatusWebService/verifyBamm",
} as const;

/**
 * One call. The parameters stand in the order of the specification with the names it gives them; the names that are
 * sent are those of the service description, taken by position, because implementations differ (`ispId`, `ispID`).
 */
export type Call = {
  endpoint: string;
  path: string;
  method: string;
  parameters: readonly Parameter[];
  timeoutMs: number;
  /** Takes the file that the answer carries; the text has `TOKEN` in its place. */
  lifted?: Lifted;
};

/** Makes a call and gives the text in `<return>`; throws `GatewayTimeout` or `GatewayUnavailable`. */
export type SoapCaller = (call: Call) => Promise<string>;

/** Service descriptions that were read well, by address; a failed call forgets its own, as it may be out of date. */
class Descriptions implements IWSDLCache {
  readonly #known = new Map<string, WSDL>();
  has(address: string): boolean {
    return this.#known.has(address);
  }
  get(address: string): WSDL {
    const found = this.#known.get(address);
    if (!found) throw new Error("no such service description");
    return found;
  }
  set(address: string, wsdl: WSDL): void {
    this.#known.set(address, wsdl);
  }
  forget(address: string): void {
    this.#known.delete(address);
  }
}

/** A caller that loads each service description once. */
export function createSoapCaller(): SoapCaller {
  const descriptions = new Descriptions();
  return (call) =>
    new Promise((resolve, reject) => {
      const address = `${call.endpoint.replace(/\/+$/, "")}${call.path}`;
      const stop = new AbortController();
      const progress = { described: false };
      const fail = (error: unknown): void => {
        descriptions.forget(`${address}?wsdl`);
        reject(failureOf(call.method, progress.described, error));
      };
      const timer = setTimeout(() => {
        fail(new RequestFailed(true, "time_ran_out"));
        stop.abort();
      }, call.timeoutMs);
      const { parameters, bodyOf } = setAside(call.parameters);
      const httpClient = httpClientOf(stop.signal, fail, bodyOf, call.lifted);
      run({ ...call, parameters }, address, { wsdlCache: descriptions, httpClient }, progress)
        .then(resolve, fail)
        .finally(() => clearTimeout(timer));
    });
}

async function run(
  call: Call,
  address: string,
  options: { wsdlCache: Descriptions; httpClient: IHttpClient },
  progress: { described: boolean },
): Promise<string> {
  if (!/^https?:\/\//i.test(address)) throw new RequestFailed(false, "no_description");
  // The address in the description is not used: what is sent holds the account and goes to our setting alone.
  const overrideImportLocation = (place: string): string => onHost(address, place);
  const client = await createClientAsync(
    `${address}?wsdl`,
    { ...options, wsdl_options: { overrideImportLocation } },
    address,
  );
  const values = argumentsOf(client, call);
  progress.described = true;
  return returnOf(await invoke(client, call.method, values));
}

/** What a description imports, at the configured host: nothing that stands in it leads elsewhere, or to a file of ours. */
function onHost(address: string, place: string): string {
  const [here, { pathname, search }] = [new URL(address), new URL(place, address)];
  return Object.assign(here, { pathname, search }).href;
}

/**
 * The library works with callbacks. One that throws would end the process as an unhandled rejection, so it fails
 * the call instead.
 */
function httpClientOf(
  deadline: AbortSignal,
  fail: (error: unknown) => void,
  bodyOf: Aside["bodyOf"],
  lifted: Lifted = {},
): IHttpClient {
  const send: IHttpClient["request"] = (url, data, callback, headers) => {
    const done = request(url, data ? bodyOf(data) : [], { ...headers }, deadline).then(
      (answer) => {
        if (answer.content !== undefined) lifted.content = answer.content;
        if (answer.status === 200) callback(null, answer, answer.body);
        else callback(new RequestFailed(true, "http_status", answer.status));
      },
      (error) => callback(error),
    );
    done.catch(fail);
    return done as unknown as ReturnType<IHttpClient["request"]>;
  };
  return { request: send };
}

function failureOf(method: string, described: boolean, error: unknown): GatewayTimeout | GatewayUnavailable {
  const failed = error instanceof RequestFailed ? error : undefined;
  if (!described) return new GatewayUnavailable(method, failed?.reason ?? "no_description", failed?.status);
  if (failed && !failed.sent) return new GatewayUnavailable(method, failed.reason);
  return new GatewayTimeout(method, failed?.reason ?? "answer_unreadable", failed?.status);
}

type Method = (values: Record<string, string | number>) => Promise<unknown[]>;

async function invoke(
  client: Client,
  method: string,
  values: Record<string, string | number>,
): Promise<unknown> {
  const call = client[`${method}Async`] as Method;
  const [result] = await call(values);
  return result;
}

const NOT_PARAMETERS = new Set(["targetNSAlias", "targetNamespace"]);

/** Values under the names of the service description; throws where it does not describe such a call. */
function argumentsOf(client: Client, { method, parameters }: Call): Record<string, string | number> {
  if (typeof client[method] !== "function") throw new RequestFailed(false, "no_description");
  const described = inputNames(client.describe(), method);
  const names = described.length === 0 ? parameters.map(([name]) => name) : described;
  if (names.length !== parameters.length) throw new RequestFailed(false, "no_description");
  return Object.fromEntries(parameters.map(([, value], position) => [names[position], value]));
}

/** Names of the parameters of a method anywhere in `{ service: { port: { method: { input } } } }`. */
function inputNames(
  description: Record<string, Record<string, Record<string, { input?: object }>>>,
  method: string,
) {
  const ports = Object.values(description).flatMap((service) => Object.values(service));
  const input = ports.find((port) => port[method])?.[method]?.input ?? {};
  return Object.keys(input)
    .filter((name) => !NOT_PARAMETERS.has(name))
    .map((name) => name.replace(/\[\]$/, ""));
}

/** The one string of the answer: named `return`, or else whatever the result part is called. */
function returnOf(result: unknown): string {
  if (typeof result === "string") return result;
  if (typeof result !== "object" || result === null) throw new RequestFailed(true, "answer_unreadable");
  const fields = result as Record<string, unknown>;
  if ("$value" in fields) return returnOf(fields.$value);
  const rest = Object.entries(fields).filter(([name]) => name !== "attributes");
  const [, inner] = rest.find(([name]) => name === "return") ?? rest[0] ?? [];
  return returnOf(inner);
}
