/**
 * Every protection that a waiver can drop, under an id that never changes: waivers in users' code, metadata in their
 * assemblies and the evidence all refer to it. The text says what is guaranteed while nobody waives it.
 */
export const PROTECTIONS = {
  'log-store.lock': 'Logs cannot be changed or deleted for a year.',
} as const satisfies Record<string, string>;

/** Id of a protection: `<what>.<guarantee>`. */
export type ProtectionId = keyof typeof PROTECTIONS;
