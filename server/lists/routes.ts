import * as folders from "#contract/list-folders.ts";
import * as contract from "#contract/lists.ts";
import { type Route, route } from "#server/platform/route.ts";
import { convertList } from "./definition/convert-list.ts";
import { copyList } from "./definition/copy-list.ts";
import { createList } from "./definition/create-list.ts";
import { deleteList, restoreList } from "./definition/delete-list.ts";
import { moveLists, updateList } from "./definition/update-list.ts";
import { createFolder, deleteFolder, listFolders, updateFolder } from "./folders/change-folders.ts";
import { listHistory } from "./history/list-history.ts";
import { explainMembership } from "./members/explain-membership.ts";
import { listsOfContact } from "./members/lists-of-contact.ts";
import { startAdding, startRemoving } from "./members/start-change.ts";
import { listLists } from "./overview/list-lists.ts";
import { listUses } from "./overview/list-uses.ts";
import { previewList } from "./overview/preview-list.ts";
import { showList } from "./overview/show-list.ts";
import { listSizes } from "./sizes/list-sizes.ts";

export const routes: Route[] = [
  route(contract.listLists, "contacts.view", listLists),
  route(contract.showList, "contacts.view", showList),
  route(contract.createList, "lists.edit", createList),
  route(contract.updateList, "lists.edit", updateList),
  route(contract.moveLists, "lists.edit", moveLists),
  route(contract.copyList, "lists.edit", copyList),
  route(contract.convertList, "lists.edit", convertList),
  route(contract.deleteList, "lists.edit", deleteList),
  route(contract.restoreList, "lists.edit", restoreList),
  route(contract.previewList, "contacts.view", previewList),
  route(contract.addToList, "lists.edit", startAdding),
  route(contract.removeFromList, "lists.edit", startRemoving),
  route(contract.listUses, "contacts.view", listUses),
  route(contract.listSizes, "contacts.view", listSizes),
  route(contract.listHistory, "contacts.view", listHistory),
  route(contract.explainMembership, "contacts.view", explainMembership),
  route(contract.listsOfContact, "contacts.view", listsOfContact),
  route(folders.listFolders, "contacts.view", listFolders),
  route(folders.createFolder, "lists.edit", createFolder),
  route(folders.updateFolder, "lists.edit", updateFolder),
  route(folders.deleteFolder, "lists.edit", deleteFolder),
];
