import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

const TYPING_MS = 250;

/** What is typed into a search box, and asked for a moment later; the address may change it from outside. */
export function useTypedSearch(
  query: string,
  onSearch: (query: string) => void,
): readonly [typed: string, type: (words: string) => void] {
  const [typed, setTyped] = useState(query);
  const sent = useRef(query);
  const search = useDebouncedCallback((words: string) => {
    sent.current = words;
    onSearch(words);
  }, TYPING_MS);
  useEffect(() => {
    // What was sent comes back by the address, and by then more may have been typed.
    if (query !== sent.current) setTyped(query);
    sent.current = query;
  }, [query]);
  const type = (words: string): void => {
    setTyped(words);
    search(words);
  };
  return [typed, type];
}
