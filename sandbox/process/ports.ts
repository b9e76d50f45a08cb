import { createServer as createHttpServer, type Server } from "node:http";
import { createServer, type Server as NetServer } from "node:net";

/** Ports of a block: the first one holds the block for its owner, the others are handed out by name. */
export const blockSize = 48;

/**
 * First ports of all blocks. They end below 32768, where Linux begins to hand out ports for outgoing
 * connections, so that none is taken between being chosen and being listened on.
 */
export function blockStarts(from = 20_000, until = 32_700): number[] {
  const count = Math.floor((until - from) / blockSize);
  return Array.from({ length: count }, (_, i) => from + i * blockSize);
}

/** Gives each name its port inside a block that starts at `start`; the first port stays with the owner. */
export function assignPorts<Name extends string>(start: number, names: readonly Name[]): Record<Name, number> {
  if (names.length >= blockSize) throw new RangeError(`a block has room for ${blockSize - 1} ports`);
  return Object.fromEntries(names.map((name, i) => [name, start + 1 + i])) as Record<Name, number>;
}

/** Order in which blocks are tried: random, so that sandboxes that start together rarely meet. */
export function shuffled<T>(items: readonly T[], random: () => number = Math.random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [result[i], result[j]];
    if (a !== undefined && b !== undefined) [result[i], result[j]] = [b, a];
  }
  return result;
}

/**
 * Reserves a block of free ports. The returned server listens on the block's first port: as long as it does,
 * no other sandbox takes the block, because reserving one means binding that port.
 */
export async function reserveBlock(): Promise<{ start: number; holder: Server }> {
  for (const start of shuffled(blockStarts())) {
    const holder = createHttpServer();
    if (!(await listen(holder, start))) continue;
    const others = Array.from({ length: blockSize - 1 }, (_, i) => start + 1 + i);
    if ((await Promise.all(others.map(isFree))).every(Boolean)) return { start, holder };
    holder.close();
  }
  throw new Error("There is no block of free ports on 127.0.0.1 between 20000 and 32700.");
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await listen(server, port);
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

function listen(server: NetServer, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (): void => resolve(false);
    server.once("error", refused);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", refused);
      resolve(true);
    });
  });
}
