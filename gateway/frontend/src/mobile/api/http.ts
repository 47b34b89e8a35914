/** One HTTP request to the gateway, and the two ways in which it can fail. */
import type { ProblemBody } from "./wire.ts";

const PREFIX = "/api/v1";
const PATIENCE_MS = 20_000;

/** The gateway answered with a refusal; `message` is a sentence in the reader's language. */
export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail || body.title);
    this.name = "Problem";
    this.body = body;
  }

  get code(): string {
    return this.body.code;
  }

  get status(): number {
    return this.body.status;
  }

  /** Whether the same request may succeed later: the server is away, overloaded, or asks to slow down. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer came: there is no network, or nobody at its end. */
export class Away extends Error {
  constructor(cause: unknown) {
    super("No answer", { cause });
    this.name = "Away";
  }
}

export interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** JSON text, ready to be sent: what lies in the store is sent byte for byte. */
  body?: string;
  headers: Record<string, string>;
  /** What comes back where it is no JSON. */
  answer?: "picture";
}

async function problemIn(response: Response): Promise<Problem> {
  const fallback: ProblemBody = { status: response.status, code: "UNEXPECTED", title: response.statusText, detail: "" };
  try {
    const said = (await response.json()) as Partial<ProblemBody>;
    return new Problem({ ...fallback, ...said, status: response.status });
  } catch {
    return new Problem(fallback); // a proxy in between speaks no JSON
  }
}

/**
 * Sends a request and reads its answer: JSON, or a picture where one is asked for.
 *
 * @throws Problem when the gateway refuses, Away when nobody answers.
 */
export async function send(call: Call): Promise<unknown> {
  const headers: Record<string, string> = { Accept: accepted(call), ...call.headers };
  if (call.body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(PREFIX + call.path, {
      method: call.method,
      headers,
      body: call.body ?? null,
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (failure) {
    throw new Away(failure);
  }
  if (!response.ok) throw await problemIn(response);
  if (response.status === 204) return null;
  return answerIn(response, call);
}

const accepted = (call: Call): string =>
  call.answer === "picture" ? "image/jpeg, application/json" : "application/json";

async function answerIn(response: Response, call: Call): Promise<unknown> {
  try {
    return call.answer === "picture" ? await response.blob() : await response.json();
  } catch (failure) {
    throw new Away(failure); // the line broke in the middle of the answer
  }
}

/** Makes a path with a query from the values that are there. */
export function withQuery(path: string, values: Record<string, string | null | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
