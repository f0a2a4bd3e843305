/** Of package.json; a test holds the two together. Written here, because reading a file costs every start. */
export const version = '0.1.0'
