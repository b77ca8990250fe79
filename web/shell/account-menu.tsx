import { Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import {
  IconChevronDown,
  IconCreditCard,
  IconHelpCircle,
  IconLogout,
  IconSettings,
  IconUser,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Language, languages } from "../../contract/languages.ts";
import { call, setTabAccount } from "../api.ts";
import { currentLanguage, languageNames, setLanguage } from "../i18n.ts";
import { meQuery, useMe } from "../session.ts";
import { Avatar } from "../ui/avatar.tsx";
import { icon, smallIcon } from "../ui/icons.ts";
import classes from "./shell.module.css";

const schemes = ["light", "dark", "auto"] as const;

export function AccountMenu() {
  const { t } = useTranslation("shell");
  const { user, account } = useMe();
  const signOut = useSignOut();
  if (user === null) return null;
  return (
    <Menu width={260} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes["account"]}>
          <VisuallyHidden>{t("accountMenu")} </VisuallyHidden>
          <Avatar name={user.name} />
          <span className={classes["accountName"]}>{account?.name ?? user.name}</span>
          <IconChevronDown {...smallIcon} className={classes["wide"]} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes["accountDropdown"] ?? ""}>
        <Menu.Label>
          <span className={classes["person"]}>{user.name}</span>
          {user.email}
        </Menu.Label>
        <Menu.Item leftSection={<IconCreditCard {...icon} />} component={Link} to="/billing">
          {t("accountAndBilling")}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings {...icon} />} component={Link} to="/settings">
          {t("settings")}
        </Menu.Item>
        <Menu.Item leftSection={<IconUser {...icon} />} component={Link} to="/settings/profile">
          {t("profile")}
        </Menu.Item>
        <Menu.Item leftSection={<IconHelpCircle {...icon} />} component={Link} to="/help">
          {t("help")}
        </Menu.Item>
        <Menu.Divider />
        <AccountChoice />
        <LanguageChoice />
        <Menu.Divider />
        <SchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => void signOut()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageChoice() {
  const { t } = useTranslation("shell");
  const queryClient = useQueryClient();
  const choose = async (language: Language): Promise<void> => {
    // First what is known of the person: every navigation speaks the language that stands there.
    queryClient.setQueryData(
      meQuery.queryKey,
      (me) => me && { ...me, user: me.user && { ...me.user, language } },
    );
    await setLanguage(language);
    await call("PATCH /api/profile", { language });
    // Labels and reasons come from the server in the reader's language.
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Menu.Label>{t("language")}</Menu.Label>
      <Menu.RadioGroup value={currentLanguage()} onChange={(value) => void choose(value as Language)}>
        {languages.map((language) => (
          <Menu.RadioItem key={language} value={language} lang={language}>
            {languageNames[language]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function SchemeChoice() {
  const { t } = useTranslation("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("appearance")}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => setColorScheme(value as (typeof schemes)[number])}
      >
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`scheme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** Only for those who work in several. */
function AccountChoice() {
  const { t } = useTranslation("shell");
  const { account, accounts } = useMe();
  const open = useOpenAccount();
  if (accounts.length < 2) return null;
  return (
    <>
      <Menu.Label>{t("accounts")}</Menu.Label>
      <Menu.RadioGroup value={account?.id ?? ""} onChange={(value) => void open(value)}>
        {accounts.map(({ id, name }) => (
          <Menu.RadioItem key={id} value={id}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}

/** Nothing of the account before stays on screen or in memory. */
function useOpenAccount(): (accountId: string) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  return async (accountId) => {
    await call("POST /api/switch-account", { accountId });
    setTabAccount(accountId);
    queryClient.clear();
    await queryClient.fetchQuery(meQuery);
    await navigate({ to: "/" });
    await router.invalidate();
  };
}

function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await call("POST /api/sign-out", {});
    setTabAccount(null);
    await navigate({ to: "/sign-in" });
    queryClient.clear();
  };
}
