import { Button, type ButtonProps, Popover, UnstyledButton } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../contract/permissions.ts";
import { call } from "../api.ts";
import { useMe } from "../session.ts";
import { useFormat } from "./format.ts";
import classes from "./guarded-button.module.css";
import { smallIcon } from "./icons.ts";

interface GuardedButtonProps extends ButtonProps {
  /** Without it the button stays visible, disabled, and says who can grant it. */
  readonly permission?: Permission;
  /** Any other reason why it cannot be used now: a sentence. Undefined when it can. */
  readonly reason?: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that, where it may not be used, is disabled with the reason instead of hidden. */
export function GuardedButton({ permission, reason, onClick, children, ...button }: GuardedButtonProps) {
  const { can } = useMe();
  const missing = permission !== undefined && !can(permission);
  if (!missing && reason === undefined) {
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Blocked button={button} reason={missing ? <MissingPermission permission={permission} /> : reason}>
      {children}
    </Blocked>
  );
}

interface BlockedProps {
  readonly button: ButtonProps;
  readonly reason: ReactNode;
  readonly children: ReactNode;
}

/** Reachable by keyboard although it does nothing: pressing it opens the reason. */
function Blocked({ button, reason, children }: BlockedProps) {
  const [opened, setOpened] = useState(false);
  const id = useId();
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={294}
      position="bottom-start"
      withinPortal
      trapFocus={false}
    >
      <Popover.Target>
        <Button
          {...button}
          variant="default"
          aria-disabled
          aria-expanded={opened}
          aria-describedby={opened ? id : undefined}
          data-disabled
          className={classes["blocked"]}
          leftSection={<IconBan {...smallIcon} />}
          onClick={() => setOpened((open) => !open)}
        >
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes["reason"]} id={id}>
        {reason}
      </Popover.Dropdown>
    </Popover>
  );
}

/** "Needs Marketing contacts access. Karin Åhlund can grant it. Ask": also for menu items. */
export function MissingPermission({ permission }: { readonly permission: Permission }) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const queryClient = useQueryClient();
  const key = ["granters", permission];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET /api/permissions/granters", { permission }, { signal }),
  });
  const ask = useMutation({
    mutationFn: () => call("POST /api/requests", { kind: "permission", name: permission }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: key }),
  });
  const names = data?.granters.map(({ name }) => name) ?? [];
  return (
    <span>
      {t("needs")} <b>{t(`permission.${permission.replace(".", "-")}`)}</b>.{" "}
      {names.length > 0 && t("canGrant", { count: names.length, names: format.list(names, "disjunction") })}{" "}
      {data?.asked || ask.isSuccess ? (
        <span role="status">{t("asked")}</span>
      ) : (
        names.length > 0 && (
          <UnstyledButton className={classes["ask"]} onClick={() => ask.mutate()}>
            {t("ask")}
          </UnstyledButton>
        )
      )}
    </span>
  );
}
