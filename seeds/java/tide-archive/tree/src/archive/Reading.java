package archive;

/** The water at one minute: minutes since the archive began, height in centimetres. */
public final class Reading {
    public final int minute;
    public final int height;

    public Reading(int minute, int height) {
        if (minute < 0) {
            throw new IllegalArgumentException("a minute is not negative");
        }
        this.minute = minute;
        this.height = height;
    }

    /** As it stands in a segment: {@code 7;-12}. */
    public String line() {
        return minute + ";" + height;
    }

    /** The reading that {@link #line} wrote; throws where it is none. */
    public static Reading parse(String line) {
        int at = line.indexOf(';');
        if (at <= 0 || at == line.length() - 1) {
            throw new IllegalArgumentException("no reading: " + line);
        }
        try {
            int minute = Integer.parseInt(line.substring(0, at));
            int height = Integer.parseInt(line.substring(at + 1));
            return new Reading(minute, height);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("no reading: " + line);
        }
    }
}
