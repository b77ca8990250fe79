import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
  redirect,
} from "@tanstack/react-router";
import { billingSearch } from "./billing/billing-search.ts";
import { statementSearch } from "./billing/usage/statement-search.ts";
import { indexSearch } from "./contacts/index/index-search.ts";
import { currentLanguage, setLanguage, withPageTexts } from "./i18n.ts";
import { listSearch, listsSearch, newListSearch } from "./lists/list-search.ts";
import { wizardSearch } from "./marketing-contacts/wizard/wizard-search.ts";
import { whoIsIn } from "./session.ts";
import { PageFailed, PageMissing } from "./shell/page-failed.tsx";
import { workflowSearch, workflowsSearch } from "./workflows/workflow-search.ts";

/*
 * Every page, one line each, each its own chunk. Pages behind sign-in hang below `shell`, the settings below `settings`.
 * A page that keeps its view in the URL exports `validateSearch` from a small file of its own.
 */

const root = createRootRoute();

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazy(() => import("./shell/shell.tsx"), "Shell"),
  beforeLoad: async ({ location }) => {
    const me = await whoIsIn();
    if (me.setupNeeded) throw redirect({ to: "/setup" });
    if (me.user === null) throw redirect({ to: "/sign-in", search: { return: location.href } });
    if (me.user.language !== currentLanguage()) await setLanguage(me.user.language);
  },
});

const shell = () => signedIn;

type Search = Record<string, unknown>;
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const returning = (search: Search): { return?: string } => {
  const address = text(search["return"]);
  return address === undefined ? {} : { return: address };
};
const searching = (search: Search): { query?: string } => {
  const query = text(search["query"]);
  return query === undefined ? {} : { query };
};
const home = lazy(() => withPageTexts(import("./home/home-page.tsx")), "HomePage");
const account = lazy(() => withPageTexts(import("./accounts/account-page.tsx")), "AccountPage");
const profile = lazy(() => withPageTexts(import("./accounts/profile-page.tsx")), "ProfilePage");
const users = lazy(() => withPageTexts(import("./accounts/users-page.tsx")), "UsersPage");
const tokens = lazy(() => withPageTexts(import("./accounts/tokens-page.tsx")), "TokensPage");
const mail = lazy(() => withPageTexts(import("./accounts/mail/mail-page.tsx")), "MailPage");
const notices = lazy(() => withPageTexts(import("./accounts/notices/notices-page.tsx")), "NoticesPage");
const help = lazy(() => import("./help/help-page.tsx"), "HelpPage");
const article = lazy(() => import("./help/article-page.tsx"), "ArticlePage");
const answers = lazy(() => withPageTexts(import("./help/answers-page.tsx")), "AnswersPage");
const signIn = lazy(() => withPageTexts(import("./accounts/sign-in-page.tsx")), "SignInPage");
const setUp = lazy(() => withPageTexts(import("./accounts/setup-page.tsx")), "SetupPage");
const invitation = lazy(() => withPageTexts(import("./accounts/invitation-page.tsx")), "InvitationPage");
const resetPassword = lazy(
  () => withPageTexts(import("./accounts/reset-password-page.tsx")),
  "ResetPasswordPage",
);
const billing = lazy(() => withPageTexts(import("./billing/billing-page.tsx")), "BillingPage");
const statement = lazy(() => withPageTexts(import("./billing/usage/statement-page.tsx")), "StatementPage");
const operations = lazy(() => withPageTexts(import("./operations/operations-page.tsx")), "OperationsPage");
const operation = lazy(() => withPageTexts(import("./operations/operation-page.tsx")), "OperationPage");
const imports = lazy(() => withPageTexts(import("./imports/imports-page.tsx")), "ImportsPage");
const newImport = lazy(() => withPageTexts(import("./imports/new-import-page.tsx")), "NewImportPage");
const oneImport = lazy(() => withPageTexts(import("./imports/import-page.tsx")), "ImportPage");
const contacts = lazy(() => import("./contacts/index/contacts-page.tsx"), "ContactsPage");
const contact = lazy(() => import("./contacts/record/contact-page.tsx"), "ContactPage");
const deletedContacts = lazy(
  () => import("./contacts/record/deleted-contacts-page.tsx"),
  "DeletedContactsPage",
);
const lists = lazy(() => withPageTexts(import("./lists/index/lists-page.tsx")), "ListsPage");
const newList = lazy(() => withPageTexts(import("./lists/editor/new-list-page.tsx")), "NewListPage");
const editList = lazy(() => withPageTexts(import("./lists/editor/edit-list-page.tsx")), "EditListPage");
const list = lazy(() => withPageTexts(import("./lists/page/list-page.tsx")), "ListPage");
const wizard = lazy(() => withPageTexts(import("./marketing-contacts/wizard/wizard-page.tsx")), "WizardPage");
const priceBook = lazy(
  () => withPageTexts(import("./billing/price-book/price-book-page.tsx")),
  "PriceBookPage",
);
const cleanupPlans = lazy(
  () => withPageTexts(import("./marketing-contacts/plans/plans-page.tsx")),
  "PlansPage",
);
const workflows = lazy(() => withPageTexts(import("./workflows/index/workflows-page.tsx")), "WorkflowsPage");
const workflow = lazy(() => withPageTexts(import("./workflows/workflow-page.tsx")), "WorkflowPage");
const properties = lazy(() => withPageTexts(import("./properties/properties-page.tsx")), "PropertiesPage");

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: "/sign-in", component: signIn, validateSearch: returning }),
  createRoute({ getParentRoute: () => root, path: "/setup", component: setUp }),
  createRoute({ getParentRoute: () => root, path: "/invitation", component: invitation }),
  createRoute({ getParentRoute: () => root, path: "/reset-password", component: resetPassword }),
  signedIn.addChildren([
    createRoute({ getParentRoute: shell, path: "/", component: home }),
    createRoute({
      getParentRoute: shell,
      path: "/contacts",
      component: contacts,
      validateSearch: indexSearch,
    }),
    createRoute({ getParentRoute: shell, path: "/contacts/deleted", component: deletedContacts }),
    createRoute({ getParentRoute: shell, path: "/contacts/$contactId", component: contact }),
    createRoute({ getParentRoute: shell, path: "/lists", component: lists, validateSearch: listsSearch }),
    createRoute({
      getParentRoute: shell,
      path: "/lists/new",
      component: newList,
      validateSearch: newListSearch,
    }),
    createRoute({
      getParentRoute: shell,
      path: "/lists/$listId",
      component: list,
      validateSearch: listSearch,
    }),
    createRoute({
      getParentRoute: shell,
      path: "/lists/$listId/edit",
      component: editList,
      validateSearch: newListSearch,
    }),
    createRoute({ getParentRoute: shell, path: "/imports", component: imports }),
    createRoute({ getParentRoute: shell, path: "/imports/new", component: newImport }),
    createRoute({ getParentRoute: shell, path: "/imports/$importId", component: oneImport }),
    createRoute({
      getParentRoute: shell,
      path: "/marketing-contacts/manage",
      component: wizard,
      validateSearch: wizardSearch,
    }),
    createRoute({ getParentRoute: shell, path: "/marketing-contacts/plans", component: cleanupPlans }),
    createRoute({
      getParentRoute: shell,
      path: "/workflows",
      component: workflows,
      validateSearch: workflowsSearch,
    }),
    createRoute({
      getParentRoute: shell,
      path: "/workflows/$workflowId",
      component: workflow,
      validateSearch: workflowSearch,
    }),
    createRoute({ getParentRoute: shell, path: "/operations", component: operations }),
    createRoute({ getParentRoute: shell, path: "/operations/$operationId", component: operation }),
    createRoute({
      getParentRoute: shell,
      path: "/billing",
      component: billing,
      validateSearch: billingSearch,
    }),
    createRoute({
      getParentRoute: shell,
      path: "/billing/statement",
      component: statement,
      validateSearch: statementSearch,
    }),
    createRoute({
      getParentRoute: shell,
      path: "/settings",
      beforeLoad: () => {
        throw redirect({ to: "/settings/profile" });
      },
    }),
    createRoute({ getParentRoute: shell, path: "/settings/account", component: account }),
    createRoute({ getParentRoute: shell, path: "/settings/profile", component: profile }),
    createRoute({ getParentRoute: shell, path: "/settings/properties", component: properties }),
    createRoute({ getParentRoute: shell, path: "/settings/users", component: users }),
    createRoute({ getParentRoute: shell, path: "/notices", component: notices }),
    createRoute({ getParentRoute: shell, path: "/settings/mail", component: mail }),
    createRoute({ getParentRoute: shell, path: "/help", component: help, validateSearch: searching }),
    createRoute({ getParentRoute: shell, path: "/help/$slug", component: article }),
    createRoute({ getParentRoute: shell, path: "/settings/help", component: answers }),
    createRoute({ getParentRoute: shell, path: "/settings/price-book", component: priceBook }),
    createRoute({ getParentRoute: shell, path: "/settings/tokens", component: tokens }),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
  scrollToTopSelectors: ["#main"],
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: PageMissing,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
