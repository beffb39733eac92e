package doors;

/** A line that lets somebody through a door, or through all whose names begin alike. */
final class Grant {
    final String who;
    private final String doors;
    private final int from;
    private final int to;

    Grant(String who, String doors, int from, int to) {
        this.who = who;
        this.doors = doors;
        this.from = from;
        this.to = to;
    }

    boolean covers(String door, int hour) {
        return isDoor(door) && isOpen(hour);
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
