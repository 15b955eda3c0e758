import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the user's programs keep their data, as each system has it: `XDG_DATA_HOME` or `~/.local/share` (XDG Base
 * Directory Specification), `~/Library/Application Support` on macOS, `%LOCALAPPDATA%` on Windows.
 */
export function userDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'toss-sandbox');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'toss-sandbox');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'toss-sandbox');
}
