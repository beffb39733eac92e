import archive.Archive;
import archive.Reading;
import archive.Segments;
import archive.Sink;
import archive.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Prints a line for each test and ends with 1 where one failed. */
public final class ArchiveTest {
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

    /** Keeps everything that happens to it. */
    static final class Log implements Sink {
        final List<String> said = new ArrayList<>();

        @Override
        public Segment open(String name) {
            said.add("open " + name);
            return new Segment() {
                @Override
                public void append(String line) {
                    said.add(line);
                }

                @Override
                public void close() {
                    said.add("close " + name);
                }
            };
        }
    }

    static void write(Archive archive, int... values) throws IOException {
        for (int at = 0; at < values.length; at += 2) {
            archive.write(new Reading(values[at], values[at + 1]));
        }
    }

    public static void main(String[] args) {
        check("readings_are_lines", () -> {
            same("7;-12", new Reading(7, -12).line());
            same(-12, Reading.parse("7;-12").height);
            same(7, Reading.parse("7;-12").minute);
        });
        check("a_summary_of_three", () -> {
            Summary summary = new Summary();
            for (int height : new int[] {4, -2, 9}) {
                summary.add(new Reading(0, height));
            }
            same("count=3 low=-2 high=9 mean=4", summary.line());
            same(11, summary.range());
        });
        check("a_segment_is_ended_with_its_summary", () -> {
            Log log = new Log();
            try (Archive archive = new Archive(log, 60, 100)) {
                write(archive, 0, 5, 59, 7);
            }
            same(
                    Arrays.asList(
                            "open tide-000000", "0;5", "59;7", "#count=2 low=5 high=7 mean=6",
                            "close tide-000000"),
                    log.said);
        });
        check("each_span_has_its_segment", () -> {
            Log log = new Log();
            try (Archive archive = new Archive(log, 60, 100)) {
                write(archive, 10, 5, 130, 7);
            }
            same("close tide-000000", log.said.get(3));
            same("open tide-000120", log.said.get(4));
            same(8, log.said.size());
        });
        check("full_segments_are_split", () -> {
            Log log = new Log();
            try (Archive archive = new Archive(log, 60, 2)) {
                write(archive, 1, 1, 2, 2, 3, 3);
            }
            same("close tide-000000", log.said.get(4));
            same("open tide-000000-1", log.said.get(5));
        });
        check("late_readings_are_skipped", () -> {
            Archive archive = new Archive(new Log(), 60, 100);
            write(archive, 10, 5, 9, 5, 10, 6, 11, 5);
            same(2, archive.skipped());
            same(11, archive.last());
        });
        check("nothing_is_written_after_the_end", () -> {
            Archive archive = new Archive(new Log(), 60, 100);
            archive.close();
            try {
                write(archive, 1, 1);
            } catch (IllegalStateException right) {
                return;
            }
            throw new AssertionError("it was written");
        });
        check("segments_are_read_back", () -> {
            List<String> lines = Arrays.asList("1;4", "2;6", "5;8", "#count=3 low=4 high=8 mean=6");
            List<Reading> found = Segments.between(lines, 2, 5);
            same(1, found.size());
            same(6, found.get(0).height);
        });
        check("floods_begin_at_the_mark", () -> {
            List<Reading> readings = new ArrayList<>();
            int[] heights = {90, 100, 120, 95, 101, 80, 110};
            for (int at = 0; at < heights.length; at++) {
                readings.add(new Reading(at, heights[at]));
            }
            same(Arrays.asList(1, 6), Segments.floods(readings, 100, 10));
        });
        System.exit(good ? 0 : 1);
    }
}
