import { Menu } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import type { Permission } from "../../contract/permissions.ts";
import { useMe } from "../session.ts";
import classes from "./guarded-button.module.css";
import { MissingPermission } from "./guarded-button.tsx";
import { icon } from "./icons.ts";

interface GuardedItemProps {
  readonly permission: Permission;
  readonly picture: ComponentType<typeof icon>;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** An item of a menu. Without the permission it stays, disabled, and says who can grant it. */
export function GuardedItem({ permission, picture: Picture, onClick, children }: GuardedItemProps) {
  const { can } = useMe();
  if (can(permission)) {
    return (
      <Menu.Item leftSection={<Picture {...icon} />} onClick={onClick}>
        {children}
      </Menu.Item>
    );
  }
  return (
    <div className={classes["item"]} role="menuitem" aria-disabled tabIndex={-1}>
      <Picture {...icon} />
      <div>
        {children}
        <small>
          <MissingPermission permission={permission} />
        </small>
      </div>
    </div>
  );
}
