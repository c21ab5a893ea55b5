/** What cancels a command, and where it writes its progress. */
export interface ActContext {
  signal: AbortSignal;
  /** Writes a line to stderr. */
  log: (line: string) => void;
}
