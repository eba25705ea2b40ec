/** Which folder it is that a path leads to: one that was moved is still itself, a copy is another. */
import { statSync } from "node:fs";

/** The device and the inode of a folder, as `device:inode`; undefined where it cannot be looked at. */
export function folderMark(directory: string): string | undefined {
  try {
    const { dev, ino } = statSync(directory, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
