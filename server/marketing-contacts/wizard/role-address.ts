/**
 * What stands before the @ of addresses that several people read: an office, not a person. By language, as such
 * addresses are written: without accents.
 */
const names = {
  en: `abuse accounting accounts admin administration billing bookings careers contact customerservice enquiries feedback
    general hello help helpdesk hr info inquiries invoice invoices jobs mail marketing media news no-reply noreply office
    orders postmaster press privacy reception reservations returns sales service support team webmaster`,
  sv: `bokning ekonomi faktura fakturor forsaljning inkop jobb kansli kontakt kundservice kundtjanst kontor lager order
    personal receptionen redaktion registrator rekrytering vaxel verkstad`,
  pl: `biuro bok dzial-sprzedazy faktury handlowy kadry kontakt ksiegowosc obsluga pomoc praca recepcja redakcja
    rekrutacja reklamacje rezerwacje sekretariat serwis sklep sprzedaz zamowienia zwroty`,
};

export const roleNames: readonly string[] = [
  ...new Set(Object.values(names).flatMap((each) => each.split(/\s+/))),
].toSorted();
