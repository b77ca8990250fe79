export interface Toast {
  /** Showing another with the same id changes it in place: progress turns into its result. */
  readonly id: string;
  /** What happened, with the date it takes effect. */
  readonly title: string;
  readonly detail?: string | undefined;
  readonly tone?: "good" | "bad";
  /** While it runs; without it the toast is a result and leaves by itself (bad ones stay). */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
}

type Listener = () => void;

let list: readonly Toast[] = [];
const listeners = new Set<Listener>();
const SHOWN = 4;
let count = 0;

function change(next: readonly Toast[]): void {
  list = next;
  for (const listener of listeners) listener();
}

export const toasts = {
  read: () => list,
  subscribe: (listener: Listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Shows it, or changes the one with its id; answers the id. */
export function showToast(toast: Omit<Toast, "id"> & { readonly id?: string }): string {
  const id = toast.id ?? `toast-${++count}`;
  const shown = { ...toast, id };
  const known = list.some((other) => other.id === id);
  change(known ? list.map((other) => (other.id === id ? shown : other)) : [...list, shown].slice(-SHOWN));
  return id;
}

/** Whether somebody has closed it: a running one is then not shown again. */
export function isShown(id: string): boolean {
  return list.some((toast) => toast.id === id);
}

export function closeToast(id: string): void {
  change(list.filter((toast) => toast.id !== id));
}
