package trams.time;

/**
 * A time of a service day, in minutes from its midnight. A service day goes on after the next
 * midnight: the trams that leave then belong to the evening before, at 24:10 or 25:30.
 */
public final class Clock implements Comparable<Clock> {
    /** The latest minute of a service day: it ends at 28:00. */
    public static final int LAST = 28 * 60;

    private final int minutes;

    private Clock(int minutes) {
        this.minutes = minutes;
    }

    /** The time so many minutes after midnight; refuses what is no time of a service day. */
    public static Clock of(int minutes) {
        if (minutes < 0 || minutes > LAST) {
            throw new IllegalArgumentException("no time of a service day: " + minutes);
        }
        return new Clock(minutes);
    }

    /** Reads {@code 7:05}, {@code 07:05} or {@code 24:10}. */
    public static Clock parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon > 2 || text.length() != colon + 3) {
            throw new IllegalArgumentException("no time: " + text);
        }
        int hours = number(text, 0, colon);
        int rest = number(text, colon + 1, text.length());
        if (rest > 59) {
            throw new IllegalArgumentException("no time: " + text);
        }
        return of(hours * 60 + rest);
    }

    public int minutes() {
        return minutes;
    }

    /** So many minutes later. */
    public Clock plus(int more) {
        return of(minutes + more);
    }

    /** How many minutes lie between this time and a later one. */
    public int until(Clock later) {
        return later.minutes - minutes;
    }

    public boolean isBefore(Clock other) {
        return minutes < other.minutes;
    }

    @Override
    public int compareTo(Clock other) {
        return Integer.compare(minutes, other.minutes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Clock && ((Clock) other).minutes == minutes;
    }

    @Override
    public int hashCode() {
        return minutes;
    }

    @Override
    public String toString() {
        return minutes / 60 + (minutes % 60 < 10 ? ":0" : ":") + minutes % 60;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int at = from; at < to; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                throw new IllegalArgumentException("no time: " + text);
            }
            value = 10 * value + digit - '0';
        }
        return value;
    }
}
