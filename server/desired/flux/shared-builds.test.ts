import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { SharedBuilds, type Build } from "./shared-builds.ts";

function built(name: string, text = ""): Build {
  return { objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { text } }], digest: name };
}

it("makes what is named alike once, also for those who ask while it is made", async () => {
  const builds = new SharedBuilds();
  let made = 0;
  const make = async (): Promise<Build> => {
    made += 1;
    await Promise.resolve();
    return built("a");
  };
  const answers = await Promise.all([builds.build("a", make), builds.build("a", make)]);
  answers.push(await builds.build("a", make));
  expect(answers).toEqual([built("a"), built("a"), built("a")]);
  expect(made).toBe(1);
  await builds.build("b", make);
  expect(made).toBe(2);
});

it("makes it anew for who waited for somebody that was stopped", async () => {
  const builds = new SharedBuilds();
  const stopped = builds.build("a", () => Promise.reject(new Error("aborted")));
  const waiting = builds.build("a", () => Promise.resolve(built("mine")));
  await expect(stopped).rejects.toThrow("aborted");
  expect(await waiting).toEqual(built("mine"));
});

it("keeps no more than it has room for, and what is used rather than what is not", async () => {
  const builds = new SharedBuilds(4_000);
  const noise = (): string => randomBytes(750).toString("base64");
  let made: string[] = [];
  const ask = (name: string): Promise<Build> =>
    builds.build(name, () => {
      made.push(name);
      return Promise.resolve(built(name, noise()));
    });
  for (const name of ["a", "b", "c", "a", "d", "e"]) await ask(name);
  expect(builds.size).toBeLessThanOrEqual(4_000);
  made = [];
  for (const name of ["a", "e"]) await ask(name);
  expect(made).toEqual([]);
  await ask("b");
  expect(made).toEqual(["b"]);
});

it("does not keep a build that is very large", async () => {
  const builds = new SharedBuilds();
  await builds.build("a", () => Promise.resolve(built("a", "x".repeat(1024 * 1024))));
  expect(builds.size).toBe(0);
});
