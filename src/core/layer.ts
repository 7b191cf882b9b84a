/** Where a guarantee is measured: what goes in on the left must be found on the right. */
export type Layer = 'producer-to-log' | 'log-to-effect' | 'input-to-output' | 'external-effect';

export type TopicRole = 'input' | 'output';
