import * as contract from "#contract/properties.ts";
import { type Route, route } from "#server/platform/route.ts";
import { archiveProperty, restoreProperty } from "./archive-property.ts";
import { createPropertyGroup, deletePropertyGroup, updatePropertyGroup } from "./change-property-groups.ts";
import { createProperty } from "./create-property.ts";
import { listProperties } from "./list-properties.ts";
import { updateProperty } from "./update-property.ts";

export const routes: Route[] = [
  route(contract.listProperties, "contacts.view", listProperties),
  route(contract.createProperty, "properties.edit", createProperty),
  route(contract.updateProperty, "properties.edit", updateProperty),
  route(contract.archiveProperty, "properties.edit", archiveProperty),
  route(contract.restoreProperty, "properties.edit", restoreProperty),
  route(contract.createPropertyGroup, "properties.edit", createPropertyGroup),
  route(contract.updatePropertyGroup, "properties.edit", updatePropertyGroup),
  route(contract.deletePropertyGroup, "properties.edit", deletePropertyGroup),
];
