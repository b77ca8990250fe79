import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState, PartFailed } from "./states.tsx";
import { showToast } from "./toast-store.ts";

interface Closing {
  readonly opened?: boolean;
  readonly onClose?: () => void;
}

/**
 * A part of a page that is fetched when it is first shown; `waiting` stands in its place. Where it cannot be fetched, what
 * is around it stays as it is, with all that was entered there: a dialog closes again and a toast says why, any other part
 * offers to try again.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  let known: ComponentType<Props> | undefined;
  return function LazyPart(props: Props) {
    const [Part, setPart] = useState(() => known);
    const [failed, setFailed] = useState(false);
    const { opened = true, onClose }: Closing = props;
    const tellFailed = useTellFailed();
    const isWanted = opened && !failed && Part === undefined;
    // biome-ignore lint/correctness/useExhaustiveDependencies: each time that it is wanted
    useEffect(() => {
      if (!isWanted) return undefined;
      let isGone = false;
      const fail = () => {
        if (isGone) return;
        if (onClose === undefined) return setFailed(true);
        tellFailed();
        onClose();
      };
      load().then((part) => {
        known = part;
        if (!isGone) setPart(() => part);
      }, fail);
      return () => {
        isGone = true;
      };
    }, [isWanted]);
    if (Part !== undefined) return <Part {...props} />;
    return failed ? <Failed onRetry={() => setFailed(false)} /> : waiting;
  };
}

function useTellFailed(): () => void {
  const { t } = useTranslation("ui");
  const action = { label: t("reload"), onClick: () => window.location.reload() };
  return () => showToast({ title: t("notLoaded"), detail: t("partFailed"), tone: "bad", action });
}

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  return <ErrorState error={new PartFailed()} onRetry={onRetry} />;
}
