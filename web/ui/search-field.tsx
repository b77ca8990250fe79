import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { icon } from "./icons.ts";

const TYPING_MS = 250;

interface SearchFieldProps {
  readonly query: string;
  readonly onSearch: (query: string) => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly className: string;
}

/** The search box above a table. Follows what is typed after a moment; the address may change it from outside. */
export function SearchField({ query, onSearch, label, placeholder = label, className }: SearchFieldProps) {
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
  return (
    <TextInput
      type="search"
      size="xs"
      className={className}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch {...icon} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
