import archive.Archive;
import archive.Reading;
import archive.Segments;
import archive.Sink;
import archive.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prints what happens; judges nothing. */
final class Driver {
    /** A sink that says everything, and refuses where it is told to. */
    static final class Told implements Sink {
        final PrintStream out;
        final List<String> refused;

        Told(PrintStream out, String... refused) {
            this.out = out;
            this.refused = Arrays.asList(refused);
        }

        void doing(String what) throws IOException {
            boolean no = refused.contains(what);
            out.println((no ? "refused " : "") + what);
            if (no) {
                throw new IOException("no " + what);
            }
        }

        @Override
        public Segment open(String name) throws IOException {
            doing("open " + name);
            return new Segment() {
                @Override
                public void append(String line) throws IOException {
                    doing(line);
                }

                @Override
                public void close() throws IOException {
                    doing("close " + name);
                }
            };
        }
    }

    static void write(PrintStream out, Archive archive, int... values) {
        for (int at = 0; at < values.length; at += 2) {
            try {
                if (!archive.write(new Reading(values[at], values[at + 1]))) {
                    out.println("skipped " + values[at]);
                }
            } catch (IOException | IllegalStateException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }

    static void close(PrintStream out, Archive archive) {
        try {
            archive.close();
            out.println("ended");
        } catch (IOException wrong) {
            out.println(wrong.getMessage());
        }
    }

    static Summary summary(int... heights) {
        Summary summary = new Summary();
        for (int height : heights) {
            summary.add(new Reading(0, height));
        }
        return summary;
    }

    static List<Reading> readings(int... heights) {
        List<Reading> found = new ArrayList<>();
        for (int at = 0; at < heights.length; at++) {
            found.add(new Reading(10 * at, heights[at]));
        }
        return found;
    }

    static void parse(PrintStream out, String... lines) {
        for (String line : lines) {
            try {
                Reading reading = Reading.parse(line);
                out.println(line + " -> " + reading.minute + " " + reading.height);
            } catch (IllegalArgumentException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }

    static void between(PrintStream out, int from, int to, String... lines) {
        try {
            StringBuilder text = new StringBuilder("read");
            for (Reading reading : Segments.between(Arrays.asList(lines), from, to)) {
                text.append(' ').append(reading.line());
            }
            out.println(text);
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
        }
    }

    static void lines_of_readings(PrintStream out) {
        out.println(new Reading(0, 0).line() + " " + new Reading(12, -7).line());
        parse(out, "0;0", "12;-7", "3;+4");
        try {
            new Reading(-1, 5);
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
        }
    }

    static void lines_that_are_no_readings(PrintStream out) {
        parse(out, "", ";", "1", ";5", "5;", "a;5", "5;b", "1;2;3", "-1;4");
    }

    static void summaries(PrintStream out) {
        out.println(summary().line());
        out.println(summary(7).line());
        out.println(summary(3, 3).line());
        out.println(summary(-5, -9, -7).line());
        out.println(summary(9, 2, 5).line());
        out.println(summary(2, 9, 5).line());
    }

    static void means_are_rounded(PrintStream out) {
        int[][] rows = {{1, 2}, {1, 1, 2}, {1, 2, 2}, {-1, -2}, {-1, -1, -2}, {-1, -2, -2}, {-3, 2}, {5}};
        for (int[] row : rows) {
            out.println(Arrays.toString(row) + " " + summary(row).mean());
        }
        out.println(summary().mean());
        out.println(summary(2000000000, 2000000000, 2000000000).mean());
    }

    static void ranges(PrintStream out) {
        out.println(summary().range() + " " + summary(8).range() + " " + summary(8, -3, 2).range());
        out.println(summary(1, 2, 3, 4).count() + " " + summary().count());
    }

    static void one_segment(PrintStream out) {
        Archive archive = new Archive(new Told(out), 60, 100);
        write(out, archive, 0, 5, 1, 9, 59, 7);
        out.println(archive.last() + " " + archive.skipped());
        close(out, archive);
    }

    static void nothing_to_write(PrintStream out) {
        Archive archive = new Archive(new Told(out), 60, 100);
        out.println(archive.last() + " " + archive.skipped());
        close(out, archive);
        close(out, archive);
    }

    static void edges_of_a_span(PrintStream out) {
        Archive archive = new Archive(new Told(out), 10, 100);
        write(out, archive, 9, 1, 10, 2, 19, 3, 20, 4, 45, 5);
        close(out, archive);
    }

    static void splits_of_a_span(PrintStream out) {
        Archive archive = new Archive(new Told(out), 10, 2);
        write(out, archive, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 10, 6, 11, 7);
        close(out, archive);
    }

    static void full_at_the_end_of_a_span(PrintStream out) {
        Archive archive = new Archive(new Told(out), 10, 2);
        write(out, archive, 8, 1, 9, 2, 10, 3, 11, 4);
        close(out, archive);
    }

    static void one_reading_each(PrintStream out) {
        Archive archive = new Archive(new Told(out), 1, 1);
        write(out, archive, 0, 1, 1, 2);
        close(out, archive);
        archive = new Archive(new Told(out), 100, 1);
        write(out, archive, 250, 1, 251, 2, 252, 3);
        close(out, archive);
    }

    static void names_of_segments(PrintStream out) {
        Archive archive = new Archive(new Told(out), 1, 1);
        write(out, archive, 7, 1, 123456, 2, 1234567, 3);
        close(out, archive);
    }

    static void skipped_readings(PrintStream out) {
        Archive archive = new Archive(new Told(out), 10, 2);
        write(out, archive, 0, 1, 0, 2, 5, 3, 4, 4, 5, 5, 6, 6, 3, 7);
        out.println(archive.last() + " " + archive.skipped());
        close(out, archive);
        out.println(archive.last() + " " + archive.skipped());
    }

    static void settings_that_make_no_sense(PrintStream out) {
        for (int[] row : new int[][] {{0, 5}, {5, 0}, {-1, 5}, {5, -1}, {1, 1}}) {
            try {
                new Archive(new Told(out), row[0], row[1]);
                out.println("made");
            } catch (IllegalArgumentException wrong) {
                out.println(wrong.getMessage());
            }
        }
    }

    static void after_the_end(PrintStream out) {
        Archive archive = new Archive(new Told(out), 10, 5);
        write(out, archive, 1, 1);
        close(out, archive);
        write(out, archive, 2, 2, 0, 0);
        close(out, archive);
        out.println(archive.skipped());
    }

    static void a_segment_that_cannot_be_opened(PrintStream out) {
        Archive archive = new Archive(new Told(out, "open tide-000010"), 10, 5);
        write(out, archive, 1, 1, 12, 2, 13, 3, 21, 4);
        out.println(archive.last() + " " + archive.skipped());
        close(out, archive);
    }

    static void a_line_that_cannot_be_added(PrintStream out) {
        Archive archive = new Archive(new Told(out, "2;2"), 10, 5);
        write(out, archive, 1, 1, 2, 2, 2, 5, 3, 3);
        out.println(archive.last() + " " + archive.skipped());
        close(out, archive);
    }

    static void a_summary_that_cannot_be_added(PrintStream out) {
        Archive archive = new Archive(new Told(out, "#count=1 low=1 high=1 mean=1"), 10, 5);
        write(out, archive, 1, 1, 12, 2, 13, 3);
        out.println(archive.last());
        close(out, archive);
        archive = new Archive(new Told(out, "#count=1 low=1 high=1 mean=1"), 10, 5);
        write(out, archive, 1, 1);
        close(out, archive);
        close(out, archive);
    }

    static void trouble_while_ending(PrintStream out) {
        Archive archive = new Archive(new Told(out, "close tide-000000"), 10, 5);
        write(out, archive, 1, 1, 12, 2, 13, 3);
        close(out, archive);
    }

    static void reading_a_part(PrintStream out) {
        String[] lines = {"1;4", "2;6", "5;8", "6;2", "#count=4 low=2 high=8 mean=5"};
        between(out, 0, 100, lines);
        between(out, 1, 6, lines);
        between(out, 2, 5, lines);
        between(out, 3, 5, lines);
        between(out, 5, 5, lines);
        between(out, 7, 9, lines);
        between(out, 0, 9, "#count=0");
    }

    static void damaged_segments(PrintStream out) {
        between(out, 0, 9);
        between(out, 0, 9, "1;4");
        between(out, 0, 9, "1;4", "#count=1 low=4 high=4 mean=5");
        between(out, 0, 9, "1;4", "2;4", "#count=1 low=4 high=4 mean=4");
        between(out, 0, 9, "1;4", "#count=1 low=4 high=4 mean=4", "2;4");
        between(out, 0, 9, "x", "#count=1 low=4 high=4 mean=4");
        between(out, 5, 9, "1;4", "#count=1 low=4 high=4 mean=4");
    }

    static void floods_and_waves(PrintStream out) {
        out.println(Segments.floods(readings(), 100, 10));
        out.println(Segments.floods(readings(99, 100, 101, 99, 100), 100, 0));
        out.println(Segments.floods(readings(100, 91, 100, 90, 100, 89, 100), 100, 10));
        out.println(Segments.floods(readings(120, 120, 20, 99, 120), 100, 10));
        out.println(Segments.floods(readings(50, 60), 100, 10));
    }
}
