/** What the extension and the command line load as `#runner`; kafkajs comes with it, so it is loaded at the first run. */
export { startBroker } from './embedded.js';
export { openLab, runScenario } from './open-lab.js';
export type { Lab, LabRunAllOptions, LabRunOptions, LabSettings } from './lab.js';
export type { Leftovers } from './leftovers.js';
