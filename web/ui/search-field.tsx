import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { icon } from "./icons.ts";
import { useTypedSearch } from "./use-typed-search.ts";

interface SearchFieldProps {
  readonly query: string;
  readonly onSearch: (query: string) => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly className: string;
}

/** The search box above a table. Follows what is typed after a moment; the address may change it from outside. */
export function SearchField({ query, onSearch, label, placeholder = label, className }: SearchFieldProps) {
  const [typed, type] = useTypedSearch(query, onSearch);
  return (
    <TextInput
      type="search"
      size="xs"
      className={className}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch {...icon} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
