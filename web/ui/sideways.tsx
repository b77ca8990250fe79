import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { smallIcon } from "./icons.ts";
import classes from "./sideways.module.css";

interface SidewaysProps {
  /** What is chosen in the line: comes into sight whenever it is another. */
  readonly chosen?: string;
  /** Only at 390 px; elsewhere as if it were not there. */
  readonly narrow?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One line that scrolls sideways where it does not fit: it fades where it goes on, with an arrow. */
export function Sideways({ chosen, narrow = false, className = "", children }: SidewaysProps) {
  const frame = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  useEdges(frame, line);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again for each one that is chosen
  useEffect(() => {
    const found = line.current?.querySelector("[data-active], [aria-current='page']");
    found?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [chosen]);
  return (
    <div ref={frame} className={`${classes["frame"]} ${className}`} data-narrow={narrow || undefined}>
      <IconChevronLeft {...smallIcon} className={classes["before"]} />
      <div ref={line} className={classes["line"]}>
        {children}
      </div>
      <IconChevronRight {...smallIcon} className={classes["after"]} />
    </div>
  );
}

type Part = { readonly current: HTMLDivElement | null };

/** Marks the frame where the line goes on: it changes with each pixel scrolled, so React is left out of it. */
function useEdges(frame: Part, line: Part): void {
  useEffect(() => {
    const scroller = line.current;
    if (!scroller) return undefined;
    const mark = (): void => {
      const { scrollLeft, scrollWidth, clientWidth } = scroller;
      frame.current?.toggleAttribute("data-before", scrollLeft > 1);
      frame.current?.toggleAttribute("data-after", scrollLeft + clientWidth < scrollWidth - 1);
    };
    const sizes = new ResizeObserver(mark);
    const watch = (): void => {
      sizes.disconnect();
      for (const part of [scroller, ...scroller.children]) sizes.observe(part);
      mark();
    };
    const parts = new MutationObserver(watch);
    parts.observe(scroller, { childList: true });
    scroller.addEventListener("scroll", mark, { passive: true });
    watch();
    return () => {
      sizes.disconnect();
      parts.disconnect();
      scroller.removeEventListener("scroll", mark);
    };
  }, [frame, line]);
}
