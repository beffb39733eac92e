package trams.net;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** All stops and lines. */
public final class Net {
    private final Map<String, Stop> stops = new TreeMap<>();
    private final Map<String, Line> lines = new TreeMap<>();

    public void add(Stop stop) {
        if (stops.putIfAbsent(stop.name, stop) != null) {
            throw new IllegalArgumentException("stop " + stop.name + " is there already");
        }
    }

    public void add(Line line) {
        if (lines.putIfAbsent(line.name, line) != null) {
            throw new IllegalArgumentException("line " + line.name + " is there already");
        }
    }

    public Stop stop(String name) {
        return found(stops.get(name), "stop", name);
    }

    public Line line(String name) {
        return found(lines.get(name), "line", name);
    }

    /** The lines in the order of their names. */
    public Collection<Line> lines() {
        return lines.values();
    }

    private static <T> T found(T thing, String what, String name) {
        if (thing == null) {
            throw new IllegalArgumentException("unknown " + what + " " + name);
        }
        return thing;
    }
}
