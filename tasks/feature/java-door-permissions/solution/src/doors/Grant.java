package doors;

/** A line that lets somebody through a door, or all whose names begin alike, or does not. */
final class Grant {
    final boolean allowed;
    final String who;
    private final String doors;
    private final int from;
    private final int to;

    Grant(boolean allowed, String who, String doors, int from, int to) {
        this.allowed = allowed;
        this.who = who;
        this.doors = doors;
        this.from = from;
        this.to = to;
    }

    boolean covers(String door, int hour) {
        return isDoor(door) && isOpen(hour);
    }

    /** Whether this line counts rather than another one that applies as well. */
    boolean beats(Grant other) {
        if (exactness() != other.exactness()) {
            return exactness() > other.exactness();
        }
        if (isOwn() != other.isOwn()) {
            return isOwn();
        }
        return !allowed;
    }

    private int exactness() {
        return doors.endsWith("*") ? doors.length() : Integer.MAX_VALUE;
    }

    private boolean isOwn() {
        return !who.startsWith("@");
    }

    private boolean isDoor(String door) {
        if (doors.endsWith("*")) {
            return door.startsWith(doors.substring(0, doors.length() - 1));
        }
        return door.equals(doors);
    }

    private boolean isOpen(int hour) {
        return from < to ? hour >= from && hour < to : hour >= from || hour < to;
    }
}
