// The wish of a session: the options of `instep sim`, with their defaults.

/** Return a complete wish from some of its fields. */
export function wishFor(facts, some = {}) {
  const person = some.person ?? "average";
  const program = some.program ?? "classic";
  return {
    program,
    programs: [program, "gentle"],
    minutes: null,
    intensity: 3,
    pace: 2,
    feet: "both",
    heat: null,
    ambient_c: 22,
    seed: 1,
    answered: true,
    answers: {},
    ...some,
    person,
    figures: some.figures ?? facts.people[person].figures,
    base: some.base ?? person,
  };
}
