import { Uri } from 'vscode';

/** The name of a file for people. */
export const fileName = (uri: string): string => {
  const { path } = Uri.parse(uri);
  return path.slice(path.lastIndexOf('/') + 1);
};
