import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { recordServers } from "./idle-connections.ts";

it("lets a server stop at once when its last streams have ended, though their readers keep the connections", async () => {
  const closeIdle = recordServers();
  const ends: (() => void)[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": open\n\n");
    ends.push(() => response.end());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const streams = await Promise.all([fetch(url), fetch(url)]);
  const read = Promise.all(streams.map((stream) => stream.text()));
  const asked = performance.now();
  const stopped = new Promise<number>((done) => server.close(() => done(performance.now() - asked)));
  closeIdle();
  // As in production, the streams end after the server was told to stop.
  setTimeout(() => ends.forEach((end) => end()), 100);
  expect(await read).toEqual([": open\n\n", ": open\n\n"]);
  expect(await stopped).toBeLessThan(2_000);
});
