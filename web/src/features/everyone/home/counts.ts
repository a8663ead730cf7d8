import type { JobCard } from "@jobsphere/api-client";

type JobStatus = JobCard["status"];

/** How the dashboard groups what a customer asked for; a cancelled or expired request is in the total only. */
const groups: Partial<Record<JobStatus, "pending" | "completed">> = {
  draft: "pending",
  open: "pending",
  assigned: "pending",
  in_progress: "pending",
  delivered: "pending",
  disputed: "pending",
  completed: "completed",
};

export function countRequests(statuses: JobStatus[]): { total: number; pending: number; completed: number } {
  const counts = { total: statuses.length, pending: 0, completed: 0 };
  for (const status of statuses) {
    const group = groups[status];
    if (group) counts[group] += 1;
  }
  return counts;
}
