package park;

/** What parking costs, in cents for times in whole minutes. */
public final class Tariff {
    private static final int FREE = 15;
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int FIRST_HOUR = 200;
    private static final int NEXT_HOUR = 150;
    private static final int DAY_MOST = 1400;

    private Tariff() {}

    /**
     * The price of a stay. Up to 15 minutes are free. Else the first hour costs 200, each further
     * hour that has begun 150, and no 24 hours, counted from the beginning, more than 1400.
     */
    public static int price(int minutes) {
        if (minutes < 0) {
            throw new IllegalArgumentException("a stay is not negative");
        }
        if (minutes <= FREE) {
            return 0;
        }
        int days = minutes / DAY;
        int rest = minutes % DAY;
        return days * DAY_MOST + Math.min(DAY_MOST, partOfDay(rest, days == 0));
    }

    private static int partOfDay(int minutes, boolean first) {
        if (minutes == 0) {
            return 0;
        }
        int hours = (minutes + HOUR - 1) / HOUR;
        if (first) {
            return FIRST_HOUR + (hours - 1) * NEXT_HOUR;
        }
        return hours * NEXT_HOUR;
    }

    /** The price for somebody with a card: a tenth less, rounded down to 10 cents. */
    public static int withCard(int price) {
        int less = price - price / 10;
        return less - less % 10;
    }
}
