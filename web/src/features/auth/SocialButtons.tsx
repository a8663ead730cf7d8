import { authSocialCreate, authSocialList } from "@jobsphere/api-client";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { keepSocialStep } from "./social";
import { t } from "@jobsphere/domain/text";

/** A button for each who can vouch for people here; none where the operator has set up none. */
export function SocialButtons({ roles }: { roles?: ("customer" | "contractor")[] }) {
  const { next } = useSearch({ strict: false }) as { next?: string };
  const offered = useQuery({
    queryKey: ["social"],
    queryFn: () => ask(authSocialList()),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const begin = useMutation({
    mutationFn: async (provider: string) => {
      const { authorization_url: url, ticket } = await ask(
        authSocialCreate({ path: { provider }, body: roles ? { roles } : {} }),
      );
      keepSocialStep({ provider, ticket, next: next ?? "/home" });
      globalThis.location.assign(url);
    },
  });
  return (
    <>
      {begin.isError ? <Failed error={begin.error} /> : null}
      {offered.data?.results.map((provider) => (
        <Button
          key={provider.name}
          variant="default"
          loading={begin.isPending && begin.variables === provider.name}
          onClick={() => begin.mutate(provider.name)}
        >
          {t("Go on with {title}", { title: provider.title })}
        </Button>
      ))}
    </>
  );
}
