import type { Problem } from "./problem-contract.ts";

/** An error that is a problem answer: thrown by the server for the guard to answer, and by the client when it got one. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

/**
 * Whether an error is an {@link ApiError}. By shape and not by class: a server's start-up code and its route handlers are
 * separate module graphs, each with a class of its own.
 */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === "ApiError" && isProblem((error as Partial<ApiError>).problem);
}

/** Whether a value has what every problem has. By hand and not by the schema: the pages carry no validator. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { title, status, code } = value as Partial<Record<keyof Problem, unknown>>;
  return typeof title === "string" && typeof status === "number" && typeof code === "string";
}

/** What a problem may say beyond its status, code and title. */
export type ProblemExtras = Partial<Omit<Problem, "type" | "status" | "code" | "title">>;

/** Makes a problem; `code` is a stable word for programs, `title` a sentence for people. */
export function problem(status: number, code: string, title: string, extras: ProblemExtras = {}): Problem {
  return { type: `urn:driftglass:problem:${code}`, title, status, code, ...extras };
}

/** Makes an error that is answered as this problem. */
export function apiError(status: number, code: string, title: string, extras: ProblemExtras = {}): ApiError {
  return new ApiError(problem(status, code, title, extras));
}

/** The problem of any error that a client can meet: answers as they are, everything else as a failed connection. */
export function problemOf(error: unknown): Problem {
  if (isApiError(error)) return error.problem;
  return problem(0, "unreachable", "Driftglass can't be reached.", {
    detail: error instanceof Error ? error.message : String(error),
    hint: "Look whether the server runs and whether this machine is on its network.",
  });
}
