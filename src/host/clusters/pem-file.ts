import * as vscode from 'vscode';

/** The text of a PEM file that the user chooses, or what there was before when they choose none. */
export async function choosePem(title: string, before: string | undefined): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: vscode.l10n.t('Use This File'),
      filters: { PEM: ['pem', 'crt', 'cer', 'key'], [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  if (file === undefined) return before;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  if (text.includes('-----BEGIN ')) return text;
  void vscode.window.showErrorMessage(
    vscode.l10n.t('{file} is not a PEM file; convert a JKS, PKCS12 or DER file to PEM first.', {
      file: vscode.workspace.asRelativePath(file),
    }),
  );
  return before;
}
