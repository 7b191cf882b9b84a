import * as vscode from 'vscode';
import { commentLanguages, type CommentLanguage } from '../../core/snippets/snippet.js';
import { labLanguage } from '../texts.js';

/** The language of the comments: the setting's, or with `auto` the editor's. */
export function commentLanguage(): CommentLanguage {
  const wanted = vscode.workspace.getConfiguration('kafkaLab').get<string>('snippetComments');
  return commentLanguages.find((language) => language === wanted) ?? labLanguage();
}
