/** A structured log. The message is constant, what varies is a field; no field holds a secret, a token or content. */
export interface Log {
  /** The rest. */
  debug(fields: object, message: string): void
  /** One line for each job. */
  info(fields: object, message: string): void
  /** Degraded. */
  warn(fields: object, message: string): void
  /** Someone must act. */
  error(fields: object, message: string): void
  child(fields: object): Log
}
