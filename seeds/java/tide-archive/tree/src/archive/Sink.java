package archive;

import java.io.IOException;

/** Where an archive goes: files on a disk, or something that behaves like them. */
public interface Sink {
    /** Opens a new segment. Only one is open at a time. */
    Segment open(String name) throws IOException;

    /** One segment: lines are added at its end until it is closed. */
    interface Segment extends AutoCloseable {
        void append(String line) throws IOException;

        @Override
        void close() throws IOException;
    }
}
