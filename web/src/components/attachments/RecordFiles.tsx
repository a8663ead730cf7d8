import { AttachmentList } from "./AttachmentList";
import { type RecordKind, useRecordFiles } from "./records";

/** The files of one record, where there are any. They are an addition: without them the screen still says everything. */
export function RecordFiles({ kind, id, label }: { kind: RecordKind; id: string; label: string }) {
  const found = useRecordFiles(kind, [id]);
  return <AttachmentList files={found.data?.get(id) ?? []} label={label} />;
}
