import { describe, expect, it } from "vitest";
import { isApiError } from "#lib/api/errors.ts";
import { loginRequestSchema } from "#lib/api/session-contract.ts";
import { readJson, requireJson } from "./body.ts";

function post(body: string | ReadableStream<Uint8Array>, type = "application/json"): Request {
  return new Request("http://x/", {
    method: "POST",
    body,
    headers: { "content-type": type },
    duplex: "half",
  } as RequestInit);
}

async function statusOf(read: Promise<unknown>): Promise<number | undefined> {
  const error = await read.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  return isApiError(error) ? error.problem.status : undefined;
}

describe("readJson", () => {
  it("gives what the schema says", async () => {
    expect(await readJson(post('{"token":"t"}'), loginRequestSchema)).toEqual({ token: "t" });
  });

  it("answers 400 for no JSON and 422 for the wrong JSON, without repeating values", async () => {
    expect(await statusOf(readJson(post("{"), loginRequestSchema))).toBe(400);
    expect(await statusOf(readJson(post('{"token":"t","kubeconfig":"k"}'), loginRequestSchema))).toBe(422);
    const error: unknown = await readJson(post('{"token":["hunter2-secret"]}'), loginRequestSchema).catch(
      (fault: unknown) => fault,
    );
    expect(JSON.stringify(isApiError(error) && error.problem)).not.toContain("hunter2");
  });

  it("stops reading a body that is too long, said or unsaid", async () => {
    expect(await statusOf(readJson(post(`"${"x".repeat(200)}"`), loginRequestSchema, 100))).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(64).fill(32));
      },
    });
    expect(await statusOf(readJson(post(endless), loginRequestSchema, 1000))).toBe(413);
    expect(pulled).toBeLessThan(40);
  });
});

describe("requireJson", () => {
  it("refuses what a form of another page can send", () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      expect(() => requireJson(post("{}", type))).toThrow("application/json");
    expect(() => requireJson(post("{}", "application/json; charset=utf-8"))).not.toThrow();
  });
});
