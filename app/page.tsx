import { healthStatuses } from "#lib/model/health-status.ts";
export default function Page() { return <p>{healthStatuses.join(" ")}</p>; }
