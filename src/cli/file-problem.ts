import type { Translate } from '../core/text/translate.js';

/** Why a file or a folder cannot be used, in the user's language; what is rare stays in the system's own words. */
export function fileProblem(error: unknown, t: Translate): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  switch (code) {
    case 'ENOENT':
      return t('there is no such file or folder');
    case 'EEXIST':
    case 'ENOTDIR':
      return t('a file stands where a folder is needed');
    case 'EISDIR':
      return t('it is a folder, not a file');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return t('you may not do that there');
    case 'ENOSPC':
      return t('the disk is full');
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
