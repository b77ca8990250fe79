import { describe, expect, it } from "vitest";
import type { Property } from "#server/properties/property.ts";
import { guessType } from "./guess-type.ts";
import { proposeTargets } from "./propose-targets.ts";

const names =
  "email firstname lastname phone mobilephone company jobtitle website twitterhandle address city state zip country lifecyclestage";
const catalogue = new Map<string, Property>(
  names.split(" ").map((name) => [name, { name, label: name, readOnly: false } as Property]),
);

function propose(columns: string, remembered = new Map()): string {
  return proposeTargets(columns.split("|"), { catalogue, remembered })
    .map((target) => (target.to === "property" ? target.name : target.to))
    .join(" ");
}

describe("proposeTargets", () => {
  it.each([
    [
      "Source ID|First Name|Last Name|Email|Phone Number|State/Region|Party|Website URL|Twitter Username",
      "skip firstname lastname email phone state skip website twitterhandle",
    ],
    [
      "Record ID|Marketing contact status|Marketing contact until next update|Unsubscribed from all email|Email hard bounce reason",
      "id status until opt_out bounce",
    ],
    [
      "Email Address|FNAME|LNAME|UNSUB_TIME|CLEAN_TIME|MEMBER_RATING",
      "email firstname lastname opt_out bounce skip",
    ],
    [
      "Given Name|Family Name|E-mail 1 - Value|Phone 1 - Value|Organization 1 - Name|Address 1 - City",
      "firstname lastname email phone company city",
    ],
    [
      "Förnamn|Efternamn|E-postadress|Företag|Befattning|Mobiltelefon|Ort, arbete|Postnummer, arbete",
      "firstname lastname email company jobtitle mobilephone city zip",
    ],
    [
      "Imię|Nazwisko|Adres e-mail|Firma|Stanowisko|Telefon komórkowy|Miejscowość|Kod pocztowy|Województwo",
      "firstname lastname email company jobtitle mobilephone city zip state",
    ],
    ["Status för marknadsföringskontakt|Status kontaktu marketingowego|avregistrerad", "status skip opt_out"],
    ["e-mail|E-post|EMAIL", "email skip skip"],
  ])("knows %s", (columns, targets) => {
    expect(propose(columns)).toBe(targets);
  });

  it("does as last time, unless the property is gone", () => {
    const remembered = new Map([
      ["party", { to: "property", name: "company" }],
      ["email", { to: "property", name: "archived" }],
    ]);
    expect(propose("Party|E-mail", remembered)).toBe("company email");
  });
});

describe("guessType", () => {
  it.each([
    [["1,5", "2", ""], "number"],
    [["2026-12-31", "31.12.2026"], "date"],
    [["2026-12-31 10:15", "2026-12-30 08:00"], "datetime"],
    [["Ja", "nej"], "bool"],
    [["0123", "0456"], "string"],
    [["+46701234567"], "string"],
    [["0701234567890"], "string"],
    [["a", "1"], "string"],
    [["", ""], "string"],
  ])("%j is %s", (values, type) => {
    expect(guessType(values)).toBe(type);
  });
});
