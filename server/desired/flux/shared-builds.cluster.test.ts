import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApplicationRef } from "#lib/model/application.ts";
import type { DesiredState } from "#server/desired/desired-state.ts";
import type { EngineIo } from "#server/desired/io.ts";
import { loadDesired } from "#server/desired/registry.ts";
import { openSandbox, type Followed, type SandboxIo } from "#server/desired/testing/sandbox-io.ts";
import type { Reading } from "#server/engines/engine.ts";

// Against the sandbox with its scenario (sandbox/scenario): the real control plane, two people and the real flux.
const kinds: Followed[] = [
  { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization" },
  { group: "source.toolkit.fluxcd.io", kind: "GitRepository" },
];
const people: SandboxIo[] = [];

beforeAll(async () => {
  people.push(await openSandbox("admin", kinds), await openSandbox("viewer", kinds));
}, 60_000);
afterAll(() => Promise.all(people.map((person) => person.close())));

/** What both people load for this Kustomization, one after the other, in a process with one masker; and whose program runs. */
async function loadTwice(name: string, change: (second: EngineIo) => EngineIo = (io) => io) {
  const runs: number[] = [];
  const states: DesiredState[] = [];
  const unit: ApplicationRef = { engine: "flux-kustomization", namespace: "flux-system", name };
  for (const [index, { io }] of people.entries()) {
    const counting: EngineIo["tools"] = {
      locate: (tool) => io.tools.locate(tool),
      run: (...run) => {
        runs.push(index);
        return io.tools.run(...run);
      },
    };
    const shared = { ...io, masker: people[0]?.io.masker ?? io.masker, tools: counting };
    const reading = { desiredKey: "test", inventory: [] } as unknown as Reading;
    states.push(await loadDesired(unit, reading, index === 0 ? shared : change(shared)));
  }
  return { runs, states };
}

it("builds once what two people have fetched", async () => {
  const { runs, states } = await loadTwice("doc-router-infrastructure");
  expect(runs).toEqual([0]);
  expect(states[0]?.error).toBeUndefined();
  expect(states[0]?.objects.length).toBeGreaterThan(0);
  expect(states[1]).toEqual(states[0]);
});

it("says to who can't fetch the artifact that they can't, though it is built", async () => {
  const { states } = await loadTwice("search-indexer", (io) => ({ ...io, artifactHosts: [] }));
  expect(states[0]?.error).toBeUndefined();
  expect(states[1]).toMatchObject({ objects: [] });
  expect(states[1]?.error).toMatch(/services\/proxy|artifact/);
});

it("builds for each person by themselves what takes values from the cluster", async () => {
  const { runs, states } = await loadTwice("doc-router-production");
  expect(runs).toEqual([0, 1]);
  for (const { error } of states) expect(error).toBeUndefined();
  expect(states[1]).toEqual(states[0]);
});
