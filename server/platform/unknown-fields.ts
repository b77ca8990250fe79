import type { z } from "zod";

/** A field that nobody reads: where it stands, what it may have been meant for, and what is read there. */
export interface UnknownField {
  readonly path: string;
  readonly meant: string | null;
  /** Fields of that place that were not given. */
  readonly known: readonly string[];
}

/** Longer names are not written out in a sentence. */
const NAME_SHOWN = 60;
const KNOWN_SHOWN = 20;

/**
 * Fields of the value that its schema does not read, which a parse would drop without a word. Records and unknown
 * values are open. Where several forms are possible, the one that fits decides, as in the parse.
 */
export function unknownFields(schema: z.core.$ZodType, value: unknown): UnknownField[] {
  return look([schema], value, []);
}

type Path = readonly (string | number)[];

function look(schemas: readonly z.core.$ZodType[], value: unknown, path: Path): UnknownField[] {
  if (typeof value !== "object" || value === null) return [];
  const forms = schemas.flatMap((schema) => formsOf(schema, value));
  if (Array.isArray(value)) {
    const elements = forms.flatMap((form) => (form.type === "array" ? [form.element] : []));
    return value.flatMap((inner, at) => look(elements, inner, [...path, at]));
  }
  const objects = forms.flatMap((form) => (form.type === "object" ? [form.shape] : []));
  const values = forms.flatMap((form) => (form.type === "record" ? [form.valueType] : []));
  const isOpen = objects.length === 0 || values.length > 0;
  return Object.entries(value).flatMap(([key, inner]) => {
    const schemasOfKey = objects.flatMap((shape) => (Object.hasOwn(shape, key) ? [shape[key]] : []));
    const readers = [...schemasOfKey, ...values].filter((each) => each !== undefined);
    if (readers.length === 0) return isOpen ? [] : [unknown(key, { objects, value, path })];
    return look(readers, inner, [...path, key]);
  });
}

type Shape = z.core.$ZodObjectDef["shape"];
type Form = z.core.$ZodTypes["_zod"]["def"];

const defOf = (schema: z.core.$ZodType) => (schema as z.ZodType).def as Form;

/** What an object or a list can be by this schema: wrappers taken off, the fitting option of each choice. */
function formsOf(schema: z.core.$ZodType, value: unknown): Form[] {
  const def = defOf(schema);
  if (def.type === "union") return optionsOf(def, value).flatMap((option) => formsOf(option, value));
  if (def.type === "intersection") return [def.left, def.right].flatMap((side) => formsOf(side, value));
  if (def.type === "pipe") return formsOf(def.in, value);
  return "innerType" in def ? formsOf(def.innerType, value) : [def];
}

/** The option that a parse would take; all of them while none fits. */
function optionsOf(def: z.core.$ZodUnionDef, value: unknown): readonly z.core.$ZodType[] {
  const fits = (option: z.core.$ZodType) => (option as z.ZodType).safeParse(value).success;
  const { discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>;
  const option = def.options.find(discriminator === undefined ? fits : isNamed(discriminator, value));
  return option === undefined ? def.options : [option];
}

function isNamed(discriminator: string, value: unknown): (option: z.core.$ZodType) => boolean {
  const name = (value as Readonly<Record<string, unknown>>)[discriminator];
  return (option) => {
    const def = defOf(option);
    const names = def.type === "object" ? def.shape[discriminator] : undefined;
    return names !== undefined && (names as z.ZodType).safeParse(name).success;
  };
}

interface Place {
  readonly objects: readonly Shape[];
  readonly value: object;
  readonly path: Path;
}

function unknown(key: string, { objects, value, path }: Place): UnknownField {
  const known = objects.flatMap((shape) => Object.keys(shape)).filter((name) => !Object.hasOwn(value, name));
  const near = [...new Set(known)].map((name) => ({ name, distance: distance(plain(key), plain(name)) }));
  const [nearest] = near.toSorted((a, b) => a.distance - b.distance);
  const isNear = nearest !== undefined && nearest.distance <= Math.min(2, Math.floor(key.length / 3));
  return {
    path: [...path, key.slice(0, NAME_SHOWN)].join("."),
    meant: isNear ? nearest.name : null,
    known: near.map(({ name }) => name).slice(0, KNOWN_SHOWN),
  };
}

/** As people mistake them for each other: includeProtected, include_protected, IncludeProtected. */
const plain = (name: string) => name.slice(0, NAME_SHOWN).toLowerCase().replace(/[-_]/g, "");

/** How many letters must be typed, left out or replaced, or neighbours swapped, to make one word the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++)
      rows[row]?.push(cell(rows, { from, to, row, column }));
  }
  return rows[from.length]?.[to.length] ?? 0;
}

function cell(rows: readonly number[][], at: { from: string; to: string; row: number; column: number }) {
  const { from, to, row, column } = at;
  const value = (up: number, left: number) => rows[row - up]?.[column - left] ?? Number.POSITIVE_INFINITY;
  const isSame = from[row - 1] === to[column - 1];
  const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
  return Math.min(
    value(1, 0) + 1,
    value(0, 1) + 1,
    value(1, 1) + (isSame ? 0 : 1),
    isSwapped ? value(2, 2) + 1 : Number.POSITIVE_INFINITY,
  );
}
