/** What the extension and the command line load as `#runner`; kafkajs comes with it, so it is loaded at the first run. */
export { openLab, runScenario, type Lab } from './lab.js';
export type { Leftovers } from './leftovers.js';
