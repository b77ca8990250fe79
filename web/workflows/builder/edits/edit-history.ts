/** What can be undone and done again: whole definitions, newest last. */
export interface EditHistory<Value> {
  readonly past: readonly Value[];
  readonly now: Value;
  readonly future: readonly Value[];
  /** What the last edit was about: writing on in the same field is one edit. */
  readonly about: string | null;
}

const MOST = 100;

export function startHistory<Value>(now: Value): EditHistory<Value> {
  return { past: [], now, future: [], about: null };
}

/** An edit. One about the same field as the last one replaces it. */
export function edited<Value>(
  history: EditHistory<Value>,
  now: Value,
  about: string | null,
): EditHistory<Value> {
  if (now === history.now) return history;
  const goesOn = about !== null && about === history.about && history.past.length > 0;
  const past = goesOn ? history.past : [...history.past, history.now].slice(-MOST);
  return { past, now, future: [], about };
}

export function undone<Value>({ past, now, future, about }: EditHistory<Value>): EditHistory<Value> {
  const before = past.at(-1);
  if (before === undefined) return { past, now, future, about };
  return { past: past.slice(0, -1), now: before, future: [now, ...future], about: null };
}

export function redone<Value>({ past, now, future, about }: EditHistory<Value>): EditHistory<Value> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, now, future, about };
  return { past: [...past, now], now: next, future: rest, about: null };
}
