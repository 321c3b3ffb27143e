/** The part of autocannon that is used here; the package brings no types. */
declare module "autocannon" {
  type Options = {
    url: string;
    connections: number;
    duration: number;
    requests: {
      method: string;
      headers: Record<string, string>;
      setupRequest?: (request: object) => object;
    }[];
  };
  type Result = {
    errors: number;
    requests: { average: number };
    latency: { p50: number };
    statusCodeStats?: Record<string, { count: number }>;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
