export type PropertyType = "string" | "number" | "bool" | "date" | "datetime" | "enumeration";

/** How a value is entered; `checkbox` is the field of an enumeration that takes several options. */
export const fieldTypes = {
  string: ["text", "textarea", "phonenumber"],
  number: ["number"],
  bool: ["booleancheckbox"],
  date: ["date"],
  datetime: ["date"],
  enumeration: ["select", "radio", "checkbox", "booleancheckbox"],
} as const satisfies Record<PropertyType, readonly string[]>;
export type FieldType = (typeof fieldTypes)[PropertyType][number];

export interface PropertyOption {
  readonly value: string;
  readonly label: string;
  /** Values of hidden options stay valid but are not offered. */
  readonly hidden: boolean;
}

export interface Property {
  readonly name: string;
  /** In the reader's language for built-in properties, as somebody wrote it for custom ones. */
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: PropertyType;
  readonly fieldType: FieldType;
  readonly options: readonly PropertyOption[];
  readonly readOnly: boolean;
  readonly hasUniqueValue: boolean;
  readonly builtIn: boolean;
  readonly maxLength: number;
  readonly displayOrder: number;
}

export const MAX_TEXT = 65_536;

/** Several values in one, written `a;b`. */
export function takesSeveral(property: Pick<Property, "type" | "fieldType">): boolean {
  return property.type === "enumeration" && property.fieldType === "checkbox";
}

/** A group whose texts are in the program or an account's own. */
export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly builtIn: boolean;
  readonly displayOrder: number;
}

/** All properties of an account by name, in the order screens show them. */
export type Catalogue = ReadonlyMap<string, Property>;
