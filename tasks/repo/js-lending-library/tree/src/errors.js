/** Anything that the library's program says no to. */
export class LibraryError extends Error {
  name = "LibraryError";
}

/** A rule of the branch or of the library forbids it. */
export class NotAllowed extends LibraryError {
  name = "NotAllowed";
}
