import * as billing from "#contract/billing.ts";
import * as contract from "#contract/marketing-status.ts";
import * as review from "#contract/review.ts";
import { type Route, route } from "#server/platform/route.ts";
import { previewStatus } from "./bulk/preview-status.ts";
import { startStatus } from "./bulk/start-status.ts";
import { changeBilling } from "./calendar/change-billing.ts";
import { gainMarketingContacts, loseMarketingContacts } from "./calendar/lose-marketing-contacts.ts";
import { addContactFact, liftContactFact } from "./protection/change-facts.ts";
import { changeMarketingSettings, showMarketingSettings } from "./protection/change-settings.ts";
import { startOptOut } from "./protection/start-opt-out.ts";
import { pinContact } from "./record/pin-contact.ts";
import { setContactStatus, undoContactStatus } from "./record/set-contact-status.ts";
import { showContactStatus } from "./record/show-contact-status.ts";
import { previewApproval } from "./review/preview-approval.ts";
import { startApproval, startDecline } from "./review/start-review.ts";
import { changeSpikeSettings, showSpikeSettings } from "./spikes/change-spike-settings.ts";
import { listPausedSources } from "./spikes/list-paused.ts";
import { resumeSource } from "./spikes/resume-source.ts";
import { showUsage } from "./usage/show-usage.ts";

export const routes: Route[] = [
  route(contract.showUsage, "contacts.view", showUsage),
  route(contract.previewStatus, "contacts.view", previewStatus),
  route(contract.startStatus, "marketing-contacts.edit", startStatus),
  route(contract.showContactStatus, "contacts.view", showContactStatus),
  route(contract.setContactStatus, "marketing-contacts.edit", setContactStatus),
  route(contract.undoContactStatus, "marketing-contacts.edit", undoContactStatus),
  route(contract.addContactFact, "contacts.edit", addContactFact),
  route(contract.liftContactFact, "contacts.edit", liftContactFact),
  route(contract.showMarketingSettings, "signed-in", showMarketingSettings),
  route(contract.changeMarketingSettings, "marketing-contacts.edit", changeMarketingSettings),
  route(contract.startOptOut, "contacts.edit", startOptOut),
  route(billing.changeBilling, "billing.edit", changeBilling),
  route(billing.enableMarketingContacts, "billing.edit", gainMarketingContacts),
  route(billing.loseMarketingContacts, "billing.edit", loseMarketingContacts),
  route(contract.pinContact, "marketing-contacts.edit", pinContact),
  route(review.previewApproval, "billing.view", previewApproval),
  route(review.startApproval, "billing.edit", startApproval),
  route(review.startDecline, "billing.edit", startDecline),
  route(review.listPausedSources, "contacts.view", listPausedSources),
  route(review.resumeSource, "marketing-contacts.edit", resumeSource),
  route(review.showSpikeSettings, "contacts.view", showSpikeSettings),
  route(review.changeSpikeSettings, "marketing-contacts.edit", changeSpikeSettings),
];
