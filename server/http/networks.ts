import { BlockList, isIP } from "node:net";

/** Whether an address is in one of these networks, each an address or `address/prefix`. What is no address is in none. */
export function isInNetworks(networks: readonly string[], address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = "", prefix] = network.split("/");
    const type = isIP(base) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(base, type);
    else list.addSubnet(base, Number(prefix), type);
  }
  return list.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether a text names a network as {@link isInNetworks} takes it. */
export function isNetwork(text: string): boolean {
  const [base = "", prefix, more] = text.split("/");
  const family = isIP(base);
  if (family === 0 || more !== undefined) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}
