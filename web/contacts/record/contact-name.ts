type Values = Readonly<Record<string, string | null>>;

/** What a contact is called on screen: its name, else its address, else nothing. */
export function contactName(properties: Values): string {
  const name = [properties["firstname"], properties["lastname"]].filter(Boolean).join(" ");
  return name === "" ? (properties["email"] ?? "") : name;
}
