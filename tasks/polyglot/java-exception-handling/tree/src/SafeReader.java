import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads lines from sources that may fail at any time.
 *
 * <p>Each method closes what it was given exactly once, whatever happens, before it returns or
 * throws. Where reading or writing a line fails, the failure is a {@link ReadFailed} with the number
 * of that line; trouble while closing after that is added to it as suppressed. Where only closing
 * fails that is a {@link ReadFailed} of line 0, and of two that cannot be closed the second is
 * suppressed. What callers' own code throws goes through as it is, with trouble of closing
 * suppressed.
 */
public final class SafeReader {
    private SafeReader() {}

    /** All lines. */
    public static List<String> all(Source source) throws ReadFailed {
        List<String> lines = new ArrayList<>();
        try {
            String line = source.next();
            while (line != null) {
                lines.add(line);
                line = source.next();
            }
            source.close();
        } catch (IOException wrong) {
            throw new ReadFailed(lines.size() + 1, wrong);
        }
        return lines;
    }

    /** The first line that somebody looks for, or null; nothing behind it is read. */
    public static String first(Source source, Predicate<String> wanted) throws ReadFailed {
        int number = 1;
        try {
            String line = source.next();
            while (line != null && !wanted.test(line)) {
                number++;
                line = source.next();
            }
            source.close();
            return line;
        } catch (IOException wrong) {
            throw new ReadFailed(number, wrong);
        }
    }

    /**
     * Puts all lines into a sink and returns how many there were. The sink is closed before the
     * source.
     */
    public static int copy(Source source, Sink sink) throws ReadFailed {
        int count = 0;
        try {
            String line = source.next();
            while (line != null) {
                sink.put(line);
                count++;
                line = source.next();
            }
            sink.close();
            source.close();
        } catch (IOException wrong) {
            throw new ReadFailed(count + 1, wrong);
        }
        return count;
    }
}
