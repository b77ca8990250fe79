import * as contract from "#contract/contacts.ts";
import { type Route, route } from "#server/platform/route.ts";
import { startDeleteContacts, startEditProperty } from "./bulk/start-bulk.ts";
import { deleteContact } from "./deletion/delete-contacts.ts";
import { eraseContact } from "./deletion/erase-contact.ts";
import { listDeletedContacts } from "./deletion/list-deleted-contacts.ts";
import { restoreContact } from "./deletion/restore-contacts.ts";
import { addContactEmail, promoteContactEmail, removeContactEmail } from "./emails/change-emails.ts";
import { mergeContacts } from "./merge/merge-contacts.ts";
import { previewMerge } from "./merge/preview-merge.ts";
import { createNote, deleteNote, updateNote } from "./notes/change-notes.ts";
import { createContact } from "./record/create-contact.ts";
import { showContact } from "./record/show-contact.ts";
import { updateContact } from "./record/update-contact.ts";
import { showTimeline } from "./timeline/show-timeline.ts";

export const routes: Route[] = [
  route(contract.createContact, "contacts.edit", createContact),
  route(contract.showContact, "contacts.view", showContact),
  route(contract.updateContact, "contacts.edit", updateContact),
  route(contract.addContactEmail, "contacts.edit", addContactEmail),
  route(contract.removeContactEmail, "contacts.edit", removeContactEmail),
  route(contract.promoteContactEmail, "contacts.edit", promoteContactEmail),
  route(contract.deleteContact, "contacts.delete", deleteContact),
  route(contract.restoreContact, "contacts.delete", restoreContact),
  route(contract.listDeletedContacts, "contacts.view", listDeletedContacts),
  route(contract.eraseContact, "contacts.delete", eraseContact),
  route(contract.previewMerge, "contacts.view", previewMerge),
  route(contract.mergeContacts, "contacts.delete", mergeContacts),
  route(contract.createNote, "contacts.edit", createNote),
  route(contract.updateNote, "contacts.edit", updateNote),
  route(contract.deleteNote, "contacts.edit", deleteNote),
  route(contract.showTimeline, "contacts.view", showTimeline),
  route(contract.startEditProperty, "contacts.edit", startEditProperty),
  route(contract.startDeleteContacts, "contacts.delete", startDeleteContacts),
];
