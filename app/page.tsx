import { redirect } from "next/navigation";

/** What needs a person is the first thing that they want to know. */
export default function Page() {
  redirect("/overview");
}
