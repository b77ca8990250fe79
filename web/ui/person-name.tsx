import { Link } from "@tanstack/react-router";

interface PersonNameProps {
  readonly person: { readonly id: string; readonly name: string; readonly email: string | null };
  /** What a deleted one is called without a name; there is no record to lead to. */
  readonly gone?: string | undefined;
}

/** One of the people in a side panel: the name, which leads to the record, and the address. */
export function PersonName({ person: { id, name, email }, gone }: PersonNameProps) {
  return (
    <span>
      {gone === undefined ? (
        <Link to="/contacts/$contactId" params={{ contactId: id }}>
          {name || email || id}
        </Link>
      ) : (
        <span>{name || gone}</span>
      )}
      <small>{email}</small>
    </span>
  );
}
