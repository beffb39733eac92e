package trams.time;

/** Times as passengers read them on their own clocks. */
public final class Faces {
    private Faces() {}

    /** {@code 23:50}, and {@code 0:10 (night)} for 24:10. */
    public static String face(Clock time) {
        int hour = time.minutes() / 60;
        int minute = time.minutes() % 60;
        String text = hour % 24 + (minute < 10 ? ":0" : ":") + minute;
        return hour < 24 ? text : text + " (night)";
    }
}
