/** What a table or a specification holds under a name itself: every object inherits `constructor` and the like. */
export const ownValue = <T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;
