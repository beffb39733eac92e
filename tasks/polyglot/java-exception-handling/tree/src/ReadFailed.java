/** What went wrong, and in which line (from 1; 0 when it was none). The cause tells more. */
public final class ReadFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    public ReadFailed(int line, Throwable cause) {
        super((line == 0 ? "closing: " : "line " + line + ": ") + cause.getMessage(), cause);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
