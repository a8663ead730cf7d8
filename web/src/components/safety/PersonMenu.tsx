import { peopleBlockRetrieve } from "@jobsphere/api-client";
import { ActionIcon, Menu } from "@mantine/core";
import { IconBan, IconDotsVertical, IconFlag, IconLockOpen } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { BlockDialog } from "./BlockDialog";
import { ReportDialog, type ReportSubject } from "./ReportDialog";
import { t } from "@jobsphere/domain/text";

interface PersonMenuProps {
  personId: string;
  name: string;
  /** What is reported from here, where it is not the person's profile: a job, a proposal, a conversation. */
  subject?: ReportSubject;
}

type Asking = "report" | "block" | "unblock";

/** Report what somebody wrote, or block them; for everybody who is signed in, about everybody but themselves. */
export function PersonMenu({ personId, name, subject }: PersonMenuProps) {
  const account = useAccount();
  const [opened, setOpened] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  const block = useQuery({
    queryKey: ["blocks", personId],
    queryFn: () => ask(peopleBlockRetrieve({ path: { person_id: personId } })),
    enabled: opened,
  });
  if (!account.data || account.data.id === personId) return null;
  const reported = subject ?? { type: "profile", id: personId, title: t("the profile of {name}", { name }) };
  const close = (): void => setAsking(undefined);
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-end" width={250} withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={44} radius="xl" aria-label={t("More about {name}: report or block", { name })}>
            <IconDotsVertical size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFlag size={19} aria-hidden />} onClick={() => setAsking("report")}>
            {t("Report {title}", { title: reported.title })}
          </Menu.Item>
          {block.data?.blocked ? (
            <Menu.Item leftSection={<IconLockOpen size={19} aria-hidden />} onClick={() => setAsking("unblock")}>
              {t("Unblock {name}", { name })}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconBan size={19} aria-hidden />} onClick={() => setAsking("block")}>
              {t("Block {name}", { name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === "report" ? <ReportDialog subject={reported} person={{ id: personId, name }} onClose={close} /> : null}
      {asking === "block" || asking === "unblock" ? (
        <BlockDialog personId={personId} name={name} undo={asking === "unblock"} onClose={close} />
      ) : null}
    </>
  );
}
