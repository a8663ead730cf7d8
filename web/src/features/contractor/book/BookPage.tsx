import { type Contractor, contractorsRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Face } from "@/components/Face";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { BookForm } from "./BookForm";
import { t } from "@jobsphere/domain/text";

/** Book a contractor for a day and a time, without a posted job. */
export function BookPage() {
  const { contractorId } = useParams({ strict: false }) as { contractorId: string };
  const person = useQuery({
    queryKey: ["contractors", contractorId],
    queryFn: () => ask(contractorsRetrieve({ path: { contractor_id: contractorId } })),
  });
  if (!person.data) {
    return (
      <Page title={t("Book")} narrow>
        {person.isError ? (
          <Failed error={person.error} retry={() => void person.refetch()} />
        ) : (
          <Loading rows={1} height={480} />
        )}
      </Page>
    );
  }
  return <Booking person={person.data} />;
}

function Booking({ person }: { person: Contractor }) {
  return (
    <Page title={t("Book {person}", { person: person.name })} lead={person.headline} aside={<Face name={person.name} id={person.id} size={60} />} narrow>
      <BookForm person={person} />
    </Page>
  );
}
