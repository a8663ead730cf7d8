import { t } from "@jobsphere/domain/text";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";

interface KeysetPage<Row> {
  next: string | null;
  results: Row[];
}

/** The rows of a keyset list, page after page. `load` gets the cursor of the page, undefined for the first. */
export function usePages<Row>(key: unknown[], load: (cursor: string | undefined) => Promise<KeysetPage<Row>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.next ? (new URL(page.next).searchParams.get("cursor") ?? undefined) : undefined),
  });
  return { ...query, rows: query.data?.pages.flatMap((page) => page.results) };
}

interface LoadMoreProps {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function LoadMore({ hasNextPage, isFetchingNextPage, fetchNextPage }: LoadMoreProps) {
  if (!hasNextPage) return null;
  return (
    <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()} style={{ alignSelf: "center" }}>
      {t("Load more")}
    </Button>
  );
}
