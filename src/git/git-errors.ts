/** A command ended with a code that is no answer. Says which command, never what git printed: that can hold a token. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed'
  readonly code: number

  constructor(command: string, code: number) {
    super(`git ${command} ended with code ${code}.`)
    this.code = code
  }
}

/** A command was killed at its deadline. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong'

  constructor(command: string, deadlineMs: number) {
    super(`git ${command} took longer than ${deadlineMs} ms and was stopped.`)
  }
}

/** A command printed more than is read of it. */
export class OutputTooLarge extends Error {
  override readonly name = 'OutputTooLarge'

  constructor(command: string) {
    super(`git ${command} printed more than is read of it and was stopped.`)
  }
}

/** A commit was asked for that was never brought here. */
export class UnknownCommit extends Error {
  override readonly name = 'UnknownCommit'

  constructor(oid: string) {
    super(`git has no commit ${oid}: it has to be fetched first.`)
  }
}

/** An object that another one names is not there: a damaged mirror, or a clone that left objects out. */
export class MissingObject extends Error {
  override readonly name = 'MissingObject'

  constructor(name: string) {
    super(`git has no object ${name}.`)
  }
}
