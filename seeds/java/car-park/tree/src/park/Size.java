package park;

/** Sizes of cars and of places: a car fits where the place is as large or larger. */
public enum Size {
    SMALL,
    NORMAL,
    LARGE;

    /** Reads s, n or l. */
    public static Size of(char letter) {
        switch (letter) {
            case 's':
                return SMALL;
            case 'n':
                return NORMAL;
            case 'l':
                return LARGE;
            default:
                throw new IllegalArgumentException("no size: " + letter);
        }
    }

    public boolean fitsInto(Size place) {
        return ordinal() <= place.ordinal();
    }
}
