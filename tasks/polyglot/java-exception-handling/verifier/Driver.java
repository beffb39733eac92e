import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Predicate;

/** Prints what happens; judges nothing. */
final class Driver {
    /** A source and a sink that tell all; "!" cannot be read, "?" cannot be put. */
    static final class Line implements Source {
        private final PrintStream out;
        private final boolean stuck;
        private final Iterator<String> left;

        Line(PrintStream out, boolean stuck, String... lines) {
            this.out = out;
            this.stuck = stuck;
            left = Arrays.asList(lines).iterator();
        }

        @Override
        public String next() throws IOException {
            String line = left.hasNext() ? left.next() : null;
            if ("!".equals(line)) {
                throw new IOException("noise");
            }
            if ("!!".equals(line)) {
                throw new IllegalStateException("no power");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            out.println("source closed");
            if (stuck) {
                throw new IOException("source stuck");
            }
        }
    }

    static final class Tape implements Sink {
        private final PrintStream out;
        private final boolean stuck;

        Tape(PrintStream out, boolean stuck) {
            this.out = out;
            this.stuck = stuck;
        }

        @Override
        public void put(String line) throws IOException {
            if (line.equals("?")) {
                throw new IOException("no room");
            }
            out.println("put " + line);
        }

        @Override
        public void close() throws IOException {
            out.println("sink closed");
            if (stuck) {
                throw new IOException("sink stuck");
            }
        }
    }

    interface Act {
        Object run() throws Exception;
    }

    static void told(PrintStream out, Act act) {
        try {
            out.println("gave " + act.run());
        } catch (Exception wrong) {
            String cause = wrong.getCause() == null ? "" : " of " + wrong.getCause().getMessage();
            out.println(wrong.getClass().getSimpleName() + " " + wrong.getMessage() + cause);
            if (wrong instanceof ReadFailed) {
                out.println("in line " + ((ReadFailed) wrong).line());
            }
            // Suppressed by the failure, or by the cause that it wraps: both are next to it.
            for (Throwable from = wrong; from != null; from = from.getCause()) {
                for (Throwable more : from.getSuppressed()) {
                    Throwable root = more;
                    while (root.getCause() != null) {
                        root = root.getCause();
                    }
                    out.println("also " + root.getMessage());
                }
            }
        }
    }

    static void all(PrintStream out, boolean stuck, String... lines) {
        told(out, () -> SafeReader.all(new Line(out, stuck, lines)));
    }

    static void first(PrintStream out, boolean stuck, Predicate<String> wanted, String... lines) {
        told(out, () -> SafeReader.first(new Line(out, stuck, lines), wanted));
    }

    static void copy(PrintStream out, boolean stuck, boolean full, String... lines) {
        told(out, () -> SafeReader.copy(new Line(out, stuck, lines), new Tape(out, full)));
    }

    static void all_good(PrintStream out) {
        all(out, false, "a", "", "c");
        all(out, false);
    }

    static void all_with_noise(PrintStream out) {
        all(out, false, "!", "b");
        all(out, false, "a", "b", "!");
    }

    static void all_with_trouble_at_the_end(PrintStream out) {
        all(out, true, "a", "b");
        all(out, true);
    }

    static void all_with_both(PrintStream out) {
        all(out, true, "a", "!");
    }

    static void all_without_power(PrintStream out) {
        all(out, false, "a", "!!");
    }

    static void first_good(PrintStream out) {
        first(out, false, line -> line.startsWith("b"), "a", "b1", "b2", "!");
        first(out, false, line -> true, "a", "!");
        first(out, false, line -> false, "a", "b");
    }

    static void first_with_noise(PrintStream out) {
        first(out, false, line -> false, "a", "b", "!");
        first(out, false, line -> true, "!");
    }

    static void first_with_trouble_at_the_end(PrintStream out) {
        first(out, true, line -> line.equals("b"), "a", "b", "c");
        first(out, true, line -> false, "a");
    }

    static void first_with_both(PrintStream out) {
        first(out, true, line -> false, "a", "b", "!");
    }

    static void first_with_a_bad_question(PrintStream out) {
        first(out, false, line -> {
            if (line.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return false;
        }, "abcd", "", "e");
        first(out, false, line -> {
            throw new IllegalArgumentException("what?");
        }, "a");
    }

    static void bad_question_and_trouble_at_the_end(PrintStream out) {
        first(out, true, line -> {
            throw new IllegalArgumentException("what?");
        }, "a");
    }

    static void copy_good(PrintStream out) {
        copy(out, false, false, "a", "b");
        copy(out, false, false);
    }

    static void copy_with_noise(PrintStream out) {
        copy(out, false, false, "a", "!");
    }

    static void copy_without_room(PrintStream out) {
        copy(out, false, false, "a", "b", "?", "d");
    }

    static void copy_with_a_stuck_sink(PrintStream out) {
        copy(out, false, true, "a");
    }

    static void copy_with_a_stuck_source(PrintStream out) {
        copy(out, true, false, "a", "b");
    }

    static void copy_with_both_stuck(PrintStream out) {
        copy(out, true, true, "a");
    }

    static void copy_with_all_kinds_of_trouble(PrintStream out) {
        copy(out, true, true, "a", "!");
        copy(out, true, true, "?");
    }

    static void copy_without_power(PrintStream out) {
        copy(out, false, false, "a", "!!");
    }
}
