import { createHandler } from './judge-restore-test';

export const handler = createHandler({ now: () => new Date() });
