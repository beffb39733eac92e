import java.io.IOException;

/** Lines that come from somewhere: a file, a line to a buoy, a tape. Must be closed after use. */
public interface Source extends AutoCloseable {
    /** The next line, or null when there are no more. */
    String next() throws IOException;

    @Override
    void close() throws IOException;
}
