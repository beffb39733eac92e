import java.io.IOException;

/** Takes lines. What was put in is only safe when closing it has succeeded. */
public interface Sink extends AutoCloseable {
    void put(String line) throws IOException;

    @Override
    void close() throws IOException;
}
