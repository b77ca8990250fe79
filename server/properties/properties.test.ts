import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { createProperty as endpoint } from "#contract/properties.ts";
import { createContact } from "#server/contacts/record/create-contact.ts";
import type { Context } from "#server/platform/context.ts";
import { buildAccount, buildContext } from "#test/build.ts";
import { type FreshDatabase, freshDatabase } from "#test/database.ts";
import { archiveProperty, restoreProperty } from "./archive-property.ts";
import { builtInProperties } from "./built-in-properties.ts";
import { createPropertyGroup, deletePropertyGroup, updatePropertyGroup } from "./change-property-groups.ts";
import { createProperty } from "./create-property.ts";
import { listProperties } from "./list-properties.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { updateProperty } from "./update-property.ts";

let database: FreshDatabase;
let context: Context;
let other: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = buildContext(database.db, { accountId: await buildAccount(database.db) });
  other = buildContext(database.db, { accountId: await buildAccount(database.db) });
});
afterAll(() => database.close());

type Wish = Partial<z.input<typeof endpoint.input>>;
const create = (label: string, more: Wish = {}) =>
  createProperty(context, endpoint.input.parse({ label, type: "string", fieldType: "text", ...more }));
const choice = { type: "enumeration", fieldType: "select" } as const;

describe("built-in properties", () => {
  test.each(["en", "sv", "pl"] as const)("have a label and labelled options in %s", async (language) => {
    const catalogue = await loadCatalogue({ ...context, actor: { ...context.actor, language } });
    expect([...catalogue.keys()].slice(0, builtInProperties.length)).toEqual(
      builtInProperties.map(({ name }) => name),
    );
    for (const property of catalogue.values()) {
      expect(property.label).not.toMatch(/built_in/);
      expect(property.options.every(({ label }) => label !== "" && !label.includes("option."))).toBe(true);
    }
  });

  test("cannot be changed or archived, nor their names taken", async () => {
    await expect(updateProperty(context, { name: "city", label: "Town" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(archiveProperty(context, { name: "city" })).rejects.toMatchObject({ code: "conflict" });
    await expect(create("City", { name: "city" })).rejects.toMatchObject({ reason: "properties:name_taken" });
    expect(await create("City")).toEqual({ name: "city_2" });
  });
});

test.each([
  ["Föredragen butik", "foredragen_butik"],
  ["Łódź (biuro)", "lodz_biuro"],
  ["2nd phone", "property_2nd_phone"],
  ["😀", "property"],
])("the label %s makes the name %s", async (label, name) => {
  expect(await create(label)).toEqual({ name });
});

test("two with one label get two names, even at once", async () => {
  const made = await Promise.allSettled([create("Colour"), create("Colour"), create("Colour")]);
  const names = made.flatMap((result) => (result.status === "fulfilled" ? [result.value.name] : []));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(0);
});

describe("options", () => {
  test("need labels, each once, without a semicolon", async () => {
    await expect(create("A", choice)).rejects.toMatchObject({ reason: "properties:options_missing" });
    const twice = [{ label: "x" }, { label: "X", value: "x" }];
    await expect(create("A", { ...choice, options: twice })).rejects.toMatchObject({
      reason: "properties:option_twice",
    });
    const semicolon = [{ label: "a;b" }];
    await expect(create("A", { ...choice, options: semicolon })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(create("A", { options: [{ label: "x" }] })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("can be renamed and hidden; one that contacts have cannot be removed", async () => {
    const options = [
      { label: "Small", value: "s" },
      { label: "Large", value: "l" },
    ];
    const { name } = await create("Size", { ...choice, options });
    await createContact(context, { properties: { [name]: "s" } });
    const kept = { value: "s", label: "Tiny", hidden: true };
    await updateProperty(context, { name, options: [kept] });
    expect((await loadCatalogue(context)).get(name)?.options).toEqual([kept]);
    const others = [{ value: "m", label: "Medium", hidden: false }];
    await expect(updateProperty(context, { name, options: others })).rejects.toMatchObject({
      reason: "properties:option_in_use",
      details: { value: "s" },
    });
  });

  test("a single choice may become several, never the other way round", async () => {
    const { name } = await create("Taste", { ...choice, options: [{ label: "x" }] });
    await updateProperty(context, { name, fieldType: "checkbox" });
    await expect(updateProperty(context, { name, fieldType: "radio" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

test("a field type must fit the type, and only texts and numbers can be unique", async () => {
  await expect(create("A", { type: "number", fieldType: "select" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  const unique = { type: "bool", fieldType: "booleancheckbox", hasUniqueValue: true } as const;
  await expect(create("A", unique)).rejects.toMatchObject({ reason: "properties:unique_needs_text" });
});

test("an archived property is out of use until it is restored, and its name stays taken", async () => {
  const { name } = await create("Badge");
  await archiveProperty(context, { name });
  expect((await loadCatalogue(context)).has(name)).toBe(false);
  expect((await listProperties(context)).archived.map((property) => property.name)).toContain(name);
  await expect(create("Badge", { name })).rejects.toMatchObject({ code: "conflict" });
  await expect(archiveProperty(context, { name })).rejects.toMatchObject({ code: "not_found" });
  await restoreProperty(context, { name });
  expect((await loadCatalogue(context)).has(name)).toBe(true);
});

test("a group can go when it is empty", async () => {
  const { name: groupName } = await createPropertyGroup(context, { label: "Sizes" });
  const { name } = await create("Glove", { groupName });
  await updatePropertyGroup(context, { name: groupName, label: "Measures" });
  await expect(deletePropertyGroup(context, { name: groupName })).rejects.toMatchObject({
    reason: "properties:group_in_use",
    details: { label: "Measures" },
  });
  await archiveProperty(context, { name });
  await deletePropertyGroup(context, { name: groupName });
  const { groups, archived } = await listProperties(context);
  expect(groups.map((group) => group.name)).not.toContain(groupName);
  expect(archived.find((property) => property.name === name)?.groupName).toBe("contactinformation");
  await expect(deletePropertyGroup(context, { name: "emailinformation" })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("another account sees none of it", async () => {
  const { name } = await create("Secret");
  const { name: group } = await createPropertyGroup(context, { label: "Secrets" });
  expect((await loadCatalogue(other)).has(name)).toBe(false);
  const missing = { code: "not_found", reason: "properties:not_found" };
  await expect(updateProperty(other, { name, label: "x" })).rejects.toMatchObject(missing);
  await expect(archiveProperty(other, { name })).rejects.toMatchObject(missing);
  await expect(restoreProperty(other, { name })).rejects.toMatchObject(missing);
  await expect(deletePropertyGroup(other, { name: group })).rejects.toMatchObject({ code: "not_found" });
});
