import { useAppState } from "../state/use_app.ts";

/** What is wrong with the file, each with its place. */
export function Problems() {
  const problems = useAppState(({ problems }) => problems);
  if (problems.length === 0) return null;
  return (
    <section className="problems" aria-label="Problems">
      <ul>
        {problems.map(({ level, code, message, hint, line, column }, i) => (
          <li key={`${code}-${i}`} className={level}>
            <span className="place">{line}:{column}</span> {message}
            {hint === undefined ? null : <em>; {hint}</em>}
          </li>
        ))}
      </ul>
    </section>
  );
}
