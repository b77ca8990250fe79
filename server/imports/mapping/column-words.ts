/**
 * Column names of exports people bring: HubSpot, Mailchimp, Google Contacts and Outlook in English, Swedish and
 * Polish, and what people write themselves. Left: property or target; right: names, compared as `columnKey` does.
 */
export const columnWords: Readonly<Record<string, string>> = {
  email:
    "email|e-mail|email address|e-mail address|mail|e-mail 1 - value|email 1 - value|primary email|e-post|epost|e-postadress|epostadress|mejl|mejladress|adres e-mail|adres email|e-mail 1 - wartość|poczta|adres poczty elektronicznej|e-post 1 - värde|e-mail 1 - värde",
  firstname: "first name|firstname|given name|forename|fname|förnamn|tilltalsnamn|imię|imiona|pierwsze imię",
  lastname: "last name|lastname|surname|family name|lname|efternamn|nazwisko",
  salutation:
    "salutation|title|name prefix|prefix|titel|tilltal|tytuł|zwrot grzecznościowy|prefiks|namnprefix",
  phone:
    "phone|phone number|telephone|business phone|phone 1 - value|work phone|company main phone|primary phone|telefon|telefonnummer|tel|telefon arbete|arbetstelefon|telefon, arbete|numer telefonu|telefon służbowy|telefon praca|telefon 1 - värde|telefon 1 - wartość|home phone|phone 2 - value",
  mobilephone:
    "mobile|mobile phone|mobile phone number|cell|cell phone|cellphone|mobil|mobiltelefon|mobilnummer|telefon komórkowy|komórka|tel komórkowy|sms phone number",
  fax: "fax|fax number|business fax|faxnummer|faks|numer faksu|faks służbowy|fax, arbete|fax arbete",
  company:
    "company|company name|organization|organisation|organization name|organization 1 - name|employer|associated company|företag|företagsnamn|bolag|organisation 1 - namn|organisationsnamn|firma|nazwa firmy|organizacja|nazwa organizacji",
  jobtitle:
    "job title|jobtitle|position|role|organization title|organization 1 - title|occupation|befattning|jobbtitel|yrke|roll|arbetstitel|stanowisko|stanowisko pracy|funkcja",
  industry: "industry|sector|bransch|branża",
  website:
    "website|website url|web page|homepage|url|web|website 1 - value|webbplats|webbsida|hemsida|webbadress|strona internetowa|strona www|strona sieci web|witryna|www|adres www",
  twitterhandle:
    "twitter|twitter username|twitter handle|x username|twitternamn|twitter-användarnamn|nazwa użytkownika twitter",
  address:
    "address|street|street address|business street|address 1 - street|address line 1|home street|adress|gatuadress|gata|adress, arbete|gatuadress, arbete|adres|ulica|adres służbowy - ulica|ulica i numer",
  city: "city|town|business city|address 1 - city|home city|ort|stad|postort|ort, arbete|miasto|miejscowość|adres służbowy - miejscowość|adres służbowy - miasto",
  state:
    "state|region|state/region|province|county|business state|address 1 - region|state/province|län|delstat|region, arbete|landskap|województwo|stan|adres służbowy - województwo",
  zip: "zip|zip code|postal code|postcode|business postal code|address 1 - postal code|postnummer|postnr|postnummer, arbete|kod pocztowy|kod|adres służbowy - kod pocztowy",
  country:
    "country|country/region|business country/region|business country|address 1 - country|land|land/region|land/region, arbete|kraj|kraj/region|państwo|adres służbowy - kraj|adres służbowy - kraj/region",
  numemployees:
    "number of employees|employees|company size|antal anställda|anställda|liczba pracowników|wielkość firmy",
  annualrevenue:
    "annual revenue|revenue|turnover|årsomsättning|omsättning|roczny przychód|przychód|roczne obroty",
  hs_language: "language|preferred language|preferred_language|språk|önskat språk|język|preferowany język",
  lifecyclestage:
    "lifecycle stage|lifecyclestage|stage|livscykelfas|livscykelstadium|etap cyklu życia|faza cyklu życia",
  hs_lead_status: "lead status|leadstatus|status för lead|leadets status|status leada",
  hubspot_owner_id: "contact owner|owner|hubspot owner|kontaktägare|ägare|właściciel kontaktu|właściciel",
  id: "record id|contact id|record id - contact|hs_object_id|post-id|kontakt-id|id rekordu|id kontaktu",
  status:
    "marketing contact status|hs_marketable_status|marketing contact|status för marknadsföringskontakt|marknadsföringskontakt|status kontaktu marketingowego|kontakt marketingowy",
  until:
    "marketing contact until next update|hs_marketable_until_renewal|until next update|marknadsföringskontakt till nästa uppdatering|kontakt marketingowy do następnej aktualizacji",
  opt_out:
    "unsubscribed from all email|unsubscribed|opt-out|opt out|opted out|opted out of email|hs_email_optout|opted out of all email|email opt out|unsub_time|do not email|unsubscribe date|avregistrerad|avregistrerad från all e-post|avprenumererad|avregistrerade|wypisany z subskrypcji|wypisany|wypisane|rezygnacja z e-maili|wypisane z subskrypcji",
  bounce:
    "email hard bounce reason|hard bounce reason|hs_email_hard_bounce_reason_enum|hard bounce|hard bounced|bounce|bounced|clean_time|studsade|studs|studsad|hård studs|orsak till hård studs|odbite|odbicie|twarde odbicie|powód twardego odbicia",
};

/** A column's name without case, accents, blanks and marks. */
export function columnKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
