import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Prints a line for each test and ends with 1 where one failed. */
public final class SafeReaderTest {
    interface Body {
        void run() throws Exception;
    }

    private static boolean good = true;

    static void check(String name, Body body) {
        try {
            body.run();
            System.out.println("ok " + name);
        } catch (Exception | AssertionError wrong) {
            good = false;
            System.out.println("not ok " + name + ": " + wrong);
        }
    }

    static void same(Object want, Object got) {
        if (!Objects.equals(want, got)) {
            throw new AssertionError("want " + want + ", got " + got);
        }
    }

    /** Lines in memory; "!" stands for a line that cannot be read. */
    static final class Lines implements Source {
        private final Iterator<String> left;
        int closed = 0;

        Lines(String... lines) {
            left = Arrays.asList(lines).iterator();
        }

        @Override
        public String next() throws IOException {
            String line = left.hasNext() ? left.next() : null;
            if ("!".equals(line)) {
                throw new IOException("noise");
            }
            return line;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    public static void main(String[] args) {
        check("all_lines", () -> {
            Lines lines = new Lines("a", "b");
            same(List.of("a", "b"), SafeReader.all(lines));
            same(1, lines.closed);
        });
        check("first_line_that_is_wanted", () -> {
            Lines lines = new Lines("a", "bb", "cc");
            same("bb", SafeReader.first(lines, line -> line.length() > 1));
            same("cc", lines.next());
            same(1, lines.closed);
        });
        check("no_line_is_wanted", () -> same(null, SafeReader.first(new Lines("a"), String::isEmpty)));
        check("the_line_of_a_failure_is_told", () -> {
            try {
                SafeReader.all(new Lines("a", "!"));
                throw new AssertionError("no failure");
            } catch (ReadFailed wrong) {
                same("line 2: noise", wrong.getMessage());
                same(2, wrong.line());
            }
        });
        check("closed_after_a_failure", () -> {
            Lines lines = new Lines("a", "!");
            try {
                SafeReader.all(lines);
                throw new AssertionError("no failure");
            } catch (ReadFailed wrong) {
                same(1, lines.closed);
            }
        });
        System.exit(good ? 0 : 1);
    }
}
