import type { LanguageEnum } from "@jobsphere/api-client";
import { language, t } from "@jobsphere/domain/text";
import { changeLanguage, LANGUAGES } from "@/lib/language";
import { useVerb } from "./useVerb";
import { Failed } from "./States";
import classes from "./LanguageSwitch.module.css";

/** Every language by its own name; choosing one loads the page again in it. */
export function LanguageSwitch() {
  const change = useVerb((code: LanguageEnum) => changeLanguage(code));
  return (
    <>
      <div role="group" aria-label={t("Language")} className={classes.row}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <button
            key={code}
            type="button"
            lang={code}
            className={classes.choice}
            aria-pressed={code === language()}
            disabled={change.isPending}
            onClick={() => change.mutate(code as LanguageEnum)}
          >
            {name}
          </button>
        ))}
      </div>
      {change.isError ? <Failed error={change.error} /> : null}
    </>
  );
}
