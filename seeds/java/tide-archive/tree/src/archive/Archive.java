package archive;

import java.io.IOException;

/**
 * Writes readings into segments of a sink.
 *
 * <p>A segment holds the readings of {@code span} minutes, but never more than {@code limit} of
 * them. It is called {@code tide-} and the number of its first possible minute, six digits wide;
 * where the limit splits a span, the further segments have {@code -1}, {@code -2} and so on behind
 * that. Its last line is {@code #} and the summary of what is in it, and it is closed before the
 * next one is opened. Nothing is opened before there is something to write.
 */
public final class Archive implements AutoCloseable {
    private final Sink sink;
    private final int span;
    private final int limit;
    private Sink.Segment open = null;
    private Summary summary = new Summary();
    private int spanStart = -1;
    private int part = 0;
    private int last = -1;
    private int skipped = 0;
    private boolean closed = false;

    public Archive(Sink sink, int span, int limit) {
        if (span < 1 || limit < 1) {
            throw new IllegalArgumentException("span and limit are at least 1");
        }
        this.sink = sink;
        this.span = span;
        this.limit = limit;
    }

    /**
     * Writes a reading. One that is not later than the last one written is skipped and counted.
     *
     * @return whether it was written
     */
    public boolean write(Reading reading) throws IOException {
        if (closed) {
            throw new IllegalStateException("the archive is closed");
        }
        if (reading.minute <= last) {
            skipped++;
            return false;
        }
        int start = reading.minute - reading.minute % span;
        if (start != spanStart) {
            finish();
            spanStart = start;
            part = 0;
        } else if (open != null && summary.count() >= limit) {
            finish();
            part++;
        }
        if (open == null) {
            open = sink.open(name(spanStart, part));
        }
        open.append(reading.line());
        summary.add(reading);
        last = reading.minute;
        return true;
    }

    /** How many readings were skipped so far. */
    public int skipped() {
        return skipped;
    }

    /** The minute of the last reading that was written, or -1. */
    public int last() {
        return last;
    }

    /** Ends the open segment. A second time does nothing. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        finish();
    }

    /** The name of a segment. */
    static String name(int start, int part) {
        String name = "tide-" + String.format("%06d", start);
        if (part > 0) {
            name += "-" + part;
        }
        return name;
    }

    private void finish() throws IOException {
        if (open == null) {
            return;
        }
        Sink.Segment ending = open;
        open = null;
        try {
            ending.append("#" + summary.line());
        } finally {
            summary = new Summary();
            ending.close();
        }
    }
}
