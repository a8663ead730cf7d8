import { authSocialLinkDestroy, authSocialLinkedList, authSocialList } from "@jobsphere/api-client";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

/** Logins of other sites that open this account; nothing to see where the operator offers none. */
export function LinkedLogins() {
  const offered = useQuery({ queryKey: ["social"], queryFn: () => ask(authSocialList()) });
  const linked = useQuery({ queryKey: ["social", "linked"], queryFn: () => ask(authSocialLinkedList()) });
  const unlink = useVerb((provider: string) => ask(authSocialLinkDestroy({ path: { provider } })));
  if (!offered.data?.results.length && !linked.data?.results.length) return null;
  const titles = new Map(offered.data?.results.map((each) => [each.name, each.title]));
  return (
    <Section title={t("Logins of other sites")}>
      {unlink.isError ? <Failed error={unlink.error} /> : null}
      {linked.isError ? <Failed error={linked.error} retry={() => void linked.refetch()} /> : null}
      <Rows label={t("Linked logins")}>
        {linked.data?.results.map((login) => {
          const title = titles.get(login.provider) ?? login.provider;
          return (
            <Row
              key={login.provider}
              title={title}
              text={`${login.email} · ${login.last_used_at ? t("used {ago}", { ago: formatAgo(login.last_used_at) }) : t("never used")}`}
              end={
                <Button
                  variant="default"
                  size="sm"
                  loading={unlink.isPending}
                  aria-label={t("Unlink {title}", { title })}
                  onClick={() => unlink.mutate(login.provider)}
                >
                  {t("Unlink")}
                </Button>
              }
            />
          );
        })}
        {linked.data?.results.length === 0 ? <Row title={t("None is linked")} text={t("Use one at the sign-in, and it appears here.")} /> : null}
      </Rows>
    </Section>
  );
}
