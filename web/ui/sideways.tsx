import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useCallback, useEffect, useRef } from "react";
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
  // Once somebody has scrolled, what they look at stays.
  const scrolled = useRef(false);
  const showChosen = useCallback(() => {
    if (scrolled.current) return;
    if (line.current) centreChosen(line.current);
  }, []);
  useEdges(frame, line, showChosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again for each one that is chosen
  useEffect(() => {
    scrolled.current = false;
    showChosen();
  }, [chosen]);
  const keep = () => {
    scrolled.current = true;
  };
  return (
    <div ref={frame} className={`${classes["frame"]} ${className}`} data-narrow={narrow || undefined}>
      <IconChevronLeft {...smallIcon} className={classes["before"]} />
      <div ref={line} className={classes["line"]} onTouchMove={keep} onWheel={keep}>
        {children}
      </div>
      <IconChevronRight {...smallIcon} className={classes["after"]} />
    </div>
  );
}

/** Not `scrollIntoView`, which would scroll the page as well. */
function centreChosen(line: HTMLElement): void {
  const found = line.querySelector("[data-active], [aria-current='page']")?.getBoundingClientRect();
  if (!found) return;
  const frame = line.getBoundingClientRect();
  line.scrollLeft += found.left + found.width / 2 - (frame.left + frame.width / 2);
}

type Part = { readonly current: HTMLDivElement | null };

/** Marks the frame where the line goes on: it changes with each pixel scrolled, so React is left out of it. */
function useEdges(frame: Part, line: Part, onResize: () => void): void {
  useEffect(() => {
    const scroller = line.current;
    if (!scroller) return undefined;
    const mark = (): void => {
      const { scrollLeft, scrollWidth, clientWidth } = scroller;
      frame.current?.toggleAttribute("data-before", scrollLeft > 1);
      frame.current?.toggleAttribute("data-after", scrollLeft + clientWidth < scrollWidth - 1);
    };
    // Letters and counts arrive after the first drawing, and move everything.
    const sizes = new ResizeObserver(() => {
      onResize();
      mark();
    });
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
  }, [frame, line, onResize]);
}
