import { type Application, applicationKey, type ApplicationRef } from "#lib/model/application.ts";
import { applyList, emptyState } from "#components/applications/filter.ts";

/* More than anyone reads; whoever looks for another one types on. */
const most = 60;

/* What environments are called, whole words of a name. */
const environments =
  /^(dev|develop|development|test|testing|qa|uat|int|integration|stage|staging|stg|preview|canary|preprod|prod|production|live|sandbox|demo)$/;

/**
 * Applications to put beside another one: what fits the typed words; those first that are the same in another environment, then those
 * whose names have most words in common with the other's.
 */
export function suggestions(
  items: readonly Application[],
  query: string,
  other: ApplicationRef | undefined,
): readonly Application[] {
  const found = applyList(items, { ...emptyState, query, sort: "name" }).rows;
  const words = new Set(other ? wordsOf(other) : []);
  const near = (item: Application): number => {
    if (!other || applicationKey(item) === applicationKey(other)) return 0;
    const own = wordsOf(item);
    const inCommon = own.filter((word) => words.has(word)).length / Math.max(own.length, words.size);
    return inCommon + (isSibling(item, other) ? 1 : 0);
  };
  return found
    .map((item) => ({ item, near: near(item) }))
    .toSorted((a, b) => b.near - a.near)
    .slice(0, most)
    .map(({ item }) => item);
}

function wordsOf({ name }: Pick<ApplicationRef, "name">): string[] {
  return name.split("-");
}

/** Whether two names differ in the environment alone. */
function isSibling(a: Pick<ApplicationRef, "name">, b: Pick<ApplicationRef, "name">): boolean {
  const [left, right] = [a, b].map((each) => wordsOf(each).filter((word) => !environments.test(word)));
  return left !== undefined && left.length < wordsOf(a).length && left.join("-") === right?.join("-");
}
