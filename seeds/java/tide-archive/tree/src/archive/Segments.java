package archive;

import java.util.ArrayList;
import java.util.List;

/** Reads segments back. */
public final class Segments {
    private Segments() {}

    /**
     * The readings of a segment's lines from minute {@code from} up to, but not including, minute
     * {@code to}. Throws {@link IllegalArgumentException} where the last line is not the summary
     * of what stands before it: such a segment was cut off or damaged.
     */
    public static List<Reading> between(List<String> lines, int from, int to) {
        List<Reading> found = new ArrayList<>();
        Summary summary = new Summary();
        for (int at = 0; at < lines.size() - 1; at++) {
            Reading reading = Reading.parse(lines.get(at));
            summary.add(reading);
            if (reading.minute >= from && reading.minute < to) {
                found.add(reading);
            }
        }
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("#" + summary.line())) {
            throw new IllegalArgumentException("the segment is damaged");
        }
        return found;
    }

    /**
     * The first minute of each flood: a reading of at least {@code mark} while the one before it
     * was lower, or that has none before it. A flood ends only below {@code mark - slack}, so that
     * small waves make no floods of their own.
     */
    public static List<Integer> floods(List<Reading> readings, int mark, int slack) {
        List<Integer> found = new ArrayList<>();
        boolean flooded = false;
        for (Reading reading : readings) {
            if (!flooded && reading.height >= mark) {
                flooded = true;
                found.add(reading.minute);
            } else if (flooded && reading.height < mark - slack) {
                flooded = false;
            }
        }
        return found;
    }
}
