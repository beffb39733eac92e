package lift;

/** Where a lift, or somebody who waits for it, is bound for. */
public enum Heading {
    UP,
    DOWN,
    NONE
}
