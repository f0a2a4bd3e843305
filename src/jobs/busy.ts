/** Another evaluation is writing the same check at this moment. The job is tried again. */
export class Busy extends Error {
  override readonly name = 'Busy'
}
