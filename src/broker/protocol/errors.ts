// The table is the core's: pages name errors too.
export { ErrorCode, errorName, type ErrorName } from '../../core/error-codes.js';
