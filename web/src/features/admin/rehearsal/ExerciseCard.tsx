import type { Exercise, Parameter, Played } from "@jobsphere/api-client";
import { adminRehearsalCreate } from "@jobsphere/api-client";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem, type Problem } from "@/lib/problems";
import classes from "./Rehearsal.module.css";
import { valuesOf } from "./words";
import { t } from "@jobsphere/domain/text";

/** One exercise, drawn from what the server says of it. */
export function ExerciseCard({ exercise, onPlayed }: { exercise: Exercise; onPlayed: (played: Played) => void }) {
  const [typed, type] = useState<Record<string, string>>(() => Object.fromEntries(exercise.parameters.map(({ name, preset }) => [name, preset])));
  const play = useVerb(
    (values: Record<string, unknown>, key) =>
      ask(adminRehearsalCreate({ body: { exercise: exercise.name, values }, headers: withKey(key) })) as Promise<Played>,
    onPlayed,
  );
  const problem = play.error ? asProblem(play.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    play.mutate(valuesOf(exercise.parameters, typed));
  };
  return (
    <article className={classes.exercise} aria-labelledby={`exercise-${exercise.name}`}>
      <h3 id={`exercise-${exercise.name}`}>{exercise.title}</h3>
      <p>{exercise.happens}</p>
      <p className={classes.watch}>{exercise.watch}</p>
      <form onSubmit={submit} noValidate>
        {exercise.parameters.length > 0 ? (
          <div className={classes.values}>
            {exercise.parameters.map((parameter) => (
              <Value
                key={parameter.name}
                parameter={parameter}
                value={typed[parameter.name] ?? ""}
                problem={problem}
                onChange={(value) => type({ ...typed, [parameter.name]: value })}
              />
            ))}
          </div>
        ) : null}
        {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
        <Button type="submit" variant="default" loading={play.isPending} aria-label={t("Play it: {title}", { title: exercise.title })}>
          {t("Play it")}
        </Button>
      </form>
    </article>
  );
}

interface ValueProps {
  parameter: Parameter;
  value: string;
  problem: Problem | undefined;
  onChange: (value: string) => void;
}

function Value({ parameter, value, problem, onChange }: ValueProps) {
  const common = {
    label: parameter.title,
    size: "sm" as const,
    value,
    error: problem?.at(`/values/${parameter.name}`),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (parameter.kind === "choice") {
    return <NativeSelect {...common} data={parameter.choices.map(({ value: each, says }) => ({ value: each, label: says }))} />;
  }
  return parameter.kind === "whole" ? (
    <TextInput {...common} inputMode="numeric" />
  ) : (
    <TextInput {...common} placeholder={parameter.hint ? t("the newest") : ""} />
  );
}
