import type { Filter } from "#contract/filters.ts";

/** One country's people: what they are called, where they live and work. */
export interface Country {
  readonly name: string;
  readonly language: "en" | "sv" | "pl";
  readonly dialling: string;
  readonly women: readonly string[];
  readonly men: readonly string[];
  /** Family names; where the two differ, woman's and man's are parted by a slash. */
  readonly families: readonly string[];
  readonly cities: readonly string[];
  readonly mailbox: string;
}

const words = (list: string) => list.split(" ");

const sweden: Country = {
  name: "Sweden",
  language: "sv",
  dialling: "+46 70",
  women: words(
    "Anna Åsa Greta Karin Cecilia Lena Ingrid Elsa Maja Linnéa Sofia Emma Malin Frida Ylva Stina Ebba Tuva Signe Hanna Märta Johanna",
  ),
  men: words(
    "Per Jonas Erik Lars Björn Nils Oskar Gustav Anders Mikael Håkan Göran Henrik Viktor Axel Emil Sven Love Måns Olof Tobias Rasmus",
  ),
  families: words(
    "Rask Öhrn Sandelin Ljungqvist Dahl Lindqvist Ek Åhlund Bergström Nyström Holmgren Sjöberg Lundin Forsberg Hedlund Wallin Åkesson Blomqvist Ström Norberg Engström Sundin Hägg Öberg Fransson Molin",
  ),
  cities: words("Göteborg Stockholm Malmö Umeå Östersund Kiruna Uppsala Örebro Åre Luleå Falun Västerås"),
  mailbox: "postlada.test",
};

const poland: Country = {
  name: "Poland",
  language: "pl",
  dialling: "+48 55",
  women: words(
    "Łucja Małgorzata Iga Ewa Agnieszka Katarzyna Zofia Hanna Joanna Magdalena Aleksandra Weronika Natalia Świętosława Urszula Barbara Żaneta Kinga Elżbieta Dorota Oliwia Alicja",
  ),
  men: words(
    "Bartosz Damian Filip Marek Łukasz Michał Paweł Tomasz Grzegorz Wojciech Rafał Sławomir Jakub Kacper Stanisław Andrzej Mateusz Hubert Krzysztof Adam Szymon Jędrzej",
  ),
  families: words(
    "Brzozowska/Brzozowski Zielińska/Zieliński Wróblewska/Wróblewski Nowicka/Nowicki Kowalczyk Sokół Lis Łaszcz Wójcik Dąbrowska/Dąbrowski Kamińska/Kamiński Szymańska/Szymański Woźniak Jankowska/Jankowski Mazur Krawczyk Piotrowska/Piotrowski Grabowska/Grabowski Pawlak Michalska/Michalski Zając Król Wieczorek Jabłońska/Jabłoński Majewska/Majewski Ostrowska/Ostrowski",
  ),
  cities: words(
    "Kraków Zakopane Warszawa Wrocław Poznań Gdańsk Łódź Katowice Rzeszów Szczecin Lublin Białystok",
  ),
  mailbox: "skrzynka.test",
};

const britain: Country = {
  name: "United Kingdom",
  language: "en",
  dialling: "+44 7700",
  women: words(
    "Edith Olivia Amelia Grace Charlotte Isla Poppy Harriet Imogen Beatrice Freya Matilda Rosie Eleanor Abigail Phoebe Ngozi Priya Aisha Megan Niamh Bronwen",
  ),
  men: words(
    "Jonathan Hugo Oliver George Arthur Theo Alfie Edward Callum Rhys Kwame Arjun Samuel Toby Duncan Fergus Isaac Joseph Patrick Owen Marcus Leon",
  ),
  families: words(
    "Mbeki Asante Hartley Whitfield Pemberton Ashworth Kerr Macleod Llewellyn O'Brien Okafor Patel Fairclough Thornton Bramwell Sinclair Ridley Cartwright Holloway Dunmore Elliot Prescott Langley Winslow Marsh Tate",
  ),
  cities: words(
    "Leeds Keswick Edinburgh Sheffield Bristol Cardiff Fort-William Manchester Inverness Ambleside Belfast York",
  ),
  mailbox: "mailbox.test",
};

export const countries: readonly Country[] = [sweden, poland, britain];

/** Companies with the domain of their addresses, by the country they are in. */
export const companies: Readonly<Record<Country["language"], readonly (readonly [string, string])[]>> = {
  sv: [
    ["Norrvik Fritid", "norrvik.test"],
    ["Sandelin Friluft", "sandelinfriluft.test"],
    ["Fjällbod", "fjallbod.test"],
    ["Åre Skiduthyrning", "areskiduthyrning.test"],
    ["Kustpaddlarna", "kustpaddlarna.test"],
    ["Björkdalens Sport", "bjorkdalen.test"],
    ["Vintervägen", "vintervagen.test"],
  ],
  pl: [
    ["Tallmark Sport", "tallmark.test"],
    ["Brzeg Sport", "brzeg-sport.test"],
    ["Górska Liga", "gorskaliga.test"],
    ["Szlakowo", "szlakowo.test"],
    ["Tatra Handel", "tatrahandel.test"],
    ["Kajaki Wisła", "kajakiwisla.test"],
    ["Schronisko pod Granią", "podgrania.test"],
  ],
  en: [
    ["Harrow & Pine", "harrowandpine.test"],
    ["Millbrook Outdoors", "millbrook.test"],
    ["Kestrel Paper", "kestrelpaper.test"],
    ["Crag & Cairn", "cragandcairn.test"],
    ["Lakeland Boots", "lakelandboots.test"],
    ["Northern Ropes", "northernropes.test"],
    ["Saltmarsh Kayaks", "saltmarsh.test"],
  ],
};

export const jobTitles = [
  "Purchasing manager",
  "Store manager",
  "Owner",
  "Guide",
  "Marketing manager",
  "Rental manager",
  "Buyer",
  "Instructor",
] as const;

export const activities = ["Skiing", "Hiking", "Climbing", "Paddling", "Cycling"] as const;

/** Those who buy for shops in Poland: a view of theirs, and an owner who looks after them. */
const customersIn = (country: string): Filter => ({
  filterGroups: [
    {
      filters: [
        { propertyName: "country", operator: "EQ", value: country },
        { propertyName: "lifecyclestage", operator: "EQ", value: "customer" },
      ],
    },
  ],
});

export const polishCustomers = customersIn("Poland");
export const swedishCustomers = customersIn("Sweden");
