import * as vscode from 'vscode';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `1.2 kB`, in the editor's language. */
export function bytes(count: number): string {
  const power = count < 1000 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), units.length - 1);
  const unit = units[power] ?? 'byte';
  return new Intl.NumberFormat(vscode.env.language, {
    style: 'unit',
    unit,
    // "12 byte" is no word that anybody uses.
    unitDisplay: power === 0 ? 'narrow' : 'short',
    maximumFractionDigits: 1,
  }).format(count / 1000 ** power);
}
